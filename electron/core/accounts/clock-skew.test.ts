import { expect, it } from 'vitest';
import { ClockSkew } from './clock-skew.ts';

const NOW = Date.parse('2026-03-04T12:00:00Z');
const MINUTE = 60_000;
const clock = { now: () => NOW };

it('tells minutes in either direction, and nothing of what the way of an answer takes', () => {
  const skew = new ClockSkew(clock, () => undefined);
  expect(skew.seconds).toBeUndefined();
  skew.note(NOW - 5 * MINUTE);
  expect(skew.seconds).toBeUndefined();
  skew.note(NOW - 5 * MINUTE - 1000);
  expect(skew.seconds).toBe(301);
  skew.note(NOW + 10 * MINUTE);
  expect(skew.seconds).toBe(-600);
});

it('calls when there begins or ends to be something to tell, and not for each answer', () => {
  let told = 0;
  const skew = new ClockSkew(clock, () => void (told += 1));
  for (const away of [0, 10, 12, -7, 2, 0]) skew.note(NOW - away * MINUTE);
  expect(told).toBe(2);
});
