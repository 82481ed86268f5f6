import { describe, expect, it } from 'vitest';
import type { FigureResult } from './figure.ts';
import { sample } from './stats.ts';
import { table, value } from './table.ts';

const result: FigureResult = {
  id: '1',
  title: 'initial sync',
  unit: 'ms',
  goal: '<= 1.35 x',
  subject: sample([812.4, 790, 1203, 820, 799]),
  floor: sample([660]),
  verdict: { ratio: 1.231, reached: true },
  peers: [
    {
      name: 'PowerSync',
      sample: sample([1300]),
      goal: '<= 0.65 x',
      verdict: { ratio: 0.02, reached: false },
    },
  ],
};

describe('the table', () => {
  const lines = table([result, { ...result, id: '10', peers: [] }]).split('\n');

  it('shows a figure with its spread, and its peers below', () => {
    expect(lines[2]?.split('|').map((cell) => cell.trim())).toEqual([
      '',
      '1',
      'initial sync',
      '812 ms (790 to 1203)',
      '660 ms (660 to 660)',
      '1.23 x',
      '<= 1.35 x',
      'yes',
      '',
    ]);
    expect(lines[3]).toContain('against PowerSync');
    expect(lines[3]).toContain('0.020 x');
    expect(lines[3]).toMatch(/no +\|$/);
  });

  it('keeps its columns in line', () => {
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  });

  it('leaves the last column empty for a figure without a goal', () => {
    expect(table([{ ...result, goal: '', verdict: { ratio: 2 }, peers: [] }])).toMatch(/2\.00 x \| +\| +\|$/);
  });

  it('says so when a figure was measured too few times', () => {
    expect(table([{ ...result, subject: sample([1, 2, 3]) }])).toContain('2.00 ms (1.00 to 3.00), 3 runs');
  });

  it('says so when a figure was not measured', () => {
    const { subject: _s, floor: _f, verdict: _v, ...bare } = result;
    expect(table([{ ...bare, peers: [] }])).toContain('not measured');
  });
});

describe('a value', () => {
  it('has three digits that mean something', () => {
    expect(value(sample([0.1234]), 'ms')).toBe('0.12 ms (0.12 to 0.12)');
    expect(value(sample([12.34]), 'MB')).toBe('12.3 MB (12.3 to 12.3)');
    expect(value(sample([12_345]), 'ms')).toBe('12345 ms (12345 to 12345)');
  });
});
