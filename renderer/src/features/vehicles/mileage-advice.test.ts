import { describe, expect, it } from 'vitest';
import { kilometresOf, readingAdvice } from './mileage-advice.ts';

const readings = [
  { on: '2024-03-01', kilometres: 50_000 },
  { on: '2026-03-01', kilometres: 90_000 },
];
const advice = (on: string, kilometres: number) => readingAdvice(readings, { on, kilometres }, '2026-11-22');

describe('mileage', () => {
  it('is read in any usual grouping', () => {
    for (const typed of ['128450', '128 450', '128\u202f450 km', '128.450', ' 128450km ']) {
      expect(kilometresOf(typed)).toBe(128_450);
    }
    for (const typed of ['', 'abc', '-5', '12,5', '5000001', '1e5'])
      expect(kilometresOf(typed)).toBeUndefined();
  });

  it('that goes on is nothing to speak of', () => {
    expect(advice('2026-11-22', 95_000)).toBeUndefined();
    expect(advice('2025-03-01', 70_000)).toBeUndefined();
    expect(advice('2026-11-22', 90_000)).toBeUndefined();
  });

  it('that goes back is warned of, with the reading that it contradicts', () => {
    const lower = advice('2026-11-22', 80_000);
    expect(lower?.tone).toBe('warn');
    expect(lower?.text).toContain('1 mars 2026');
    expect(lower?.text).toContain('90\u202f000');
    expect(advice('2025-03-01', 95_000)?.text).toContain('n’était qu’à 90\u202f000');
  });

  it('of a day that has one already replaces it, and says so', () => {
    expect(advice('2026-03-01', 89_000)).toMatchObject({ tone: 'warn' });
    expect(advice('2026-03-01', 89_000)?.text).toContain('remplacé');
  });

  it('cannot be of a day to come', () => {
    expect(advice('2026-11-23', 95_000)?.tone).toBe('bad');
  });
});
