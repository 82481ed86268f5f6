import { expect, it } from 'vitest';
import { waitOf } from './throttle.ts';

const rule = { free: 3, firstSeconds: 2, longestSeconds: 60 };

it('waits longer with each failure, up to a longest', () => {
  const waits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 500].map((failures) =>
    waitOf({ failures, lastFailureAt: 1000 }, rule, 1000),
  );
  expect(waits).toEqual([0, 0, 0, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});

it('is none after the clock was set back, until the next failure', () => {
  expect(waitOf({ failures: 3, lastFailureAt: 601_000 }, rule, 1000)).toBe(0);
  expect(waitOf({ failures: 4, lastFailureAt: 1000 }, rule, 1000)).toBe(4000);
});

it('is over when it is over', () => {
  expect(waitOf({ failures: 3, lastFailureAt: 1000 }, rule, 2999)).toBe(1);
  expect(waitOf({ failures: 3, lastFailureAt: 1000 }, rule, 3000)).toBe(0);
});
