import { expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

const most = (): number => 0.999999;
const least = (): number => 0;

it('doubles its ceiling from two seconds to five minutes, and stays there', () => {
  const ceilings = Array.from({ length: 12 }, (_, i) => Math.round(backoffMs(i + 1, most) / 1000));
  expect(ceilings).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300]);
  expect(backoffMs(1_000_000, most)).toBeLessThanOrEqual(300_000);
});

it('spreads over the whole range, but never hammers', () => {
  expect(backoffMs(8, least)).toBe(1000);
  expect(backoffMs(8, () => 0.5)).toBe(128_000);
});

it('waits at least as long as the service asks', () => {
  expect(backoffMs(1, least, 90)).toBe(90_000);
  expect(backoffMs(9, most, 600)).toBeGreaterThanOrEqual(600_000);
  expect(backoffMs(9, most, 600)).toBeLessThanOrEqual(610_000);
});
