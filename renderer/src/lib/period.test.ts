import { describe, expect, it } from 'vitest';
import { isPeriod, rangeOf } from './period.ts';

describe('period', () => {
  it.each([
    ['all', {}],
    ['months_3', { from: '2026-08-22' }],
    ['months_12', { from: '2025-11-22' }],
    ['this_year', { from: '2026-01-01' }],
    ['last_year', { from: '2025-01-01', to: '2025-12-31' }],
  ] as const)('%s covers the right days', (name, range) => {
    expect(rangeOf({ name }, '2026-11-22')).toEqual(range);
  });

  it('takes custom ends as they are, each on its own', () => {
    expect(rangeOf({ name: 'custom', to: '2026-03-01' }, '2026-11-22')).toEqual({ to: '2026-03-01' });
  });

  it('keeps to the last day of a shorter month', () => {
    expect(rangeOf({ name: 'months_3' }, '2026-05-31')).toEqual({ from: '2026-02-28' });
  });

  it('refuses what an older version or a person may have left', () => {
    expect(isPeriod({ name: 'all' })).toBe(true);
    expect(isPeriod({ name: 'custom', from: '2026-03-01' })).toBe(true);
    for (const value of [null, 'all', { name: 'forever' }, { name: 'custom', from: 'yesterday' }]) {
      expect(isPeriod(value)).toBe(false);
    }
  });
});
