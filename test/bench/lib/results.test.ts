import { describe, expect, it } from 'vitest';
import type { FigureResult } from './figure.ts';
import { merge, replaceMeasured } from './results.ts';

const figure = (id: string, title: string): FigureResult => ({
  id,
  title,
  unit: 'ms',
  goal: '<= 1 x',
  peers: [],
});

describe('the published results', () => {
  it('keep the newer of each figure, in the order of their numbers', () => {
    const merged = merge(
      [figure('10', 'old'), figure('2', 'old')],
      [figure('6b', 'new'), figure('2', 'new')],
    );
    expect(merged.map(({ id, title }) => `${id} ${title}`)).toEqual(['2 new', '6b new', '10 old']);
  });

  it('replace only what stands between the marks', () => {
    const page = 'before\n<!-- measured -->\nold\n<!-- /measured -->\nafter\n';
    const first = replaceMeasured(page, 'new $& table');
    expect(first).toBe('before\n<!-- measured -->\n\nnew $& table\n\n<!-- /measured -->\nafter\n');
    expect(replaceMeasured(first, 'new $& table')).toBe(first);
  });

  it('refuse a page without the marks', () => {
    expect(() => replaceMeasured('nothing here', 'x')).toThrow('<!-- measured -->');
  });
});
