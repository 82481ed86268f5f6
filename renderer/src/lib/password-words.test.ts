import { expect, it } from 'vitest';
import { hintFor } from './password-words.ts';
import type { Score } from './strength.ts';

const strength = (score: Score, ...hints: string[]) => ({ score, hints, common: false });

it('says the first hint that there are words for', () => {
  const [keyboard, dates] = [hintFor(strength(1, 'straightRow')), hintFor(strength(1, 'dates'))];
  expect(keyboard).not.toBe(dates);
  expect(hintFor(strength(1, 'somethingNew', 'dates', 'straightRow'))).toBe(dates);
});

it('always has a way to do better for a weak password, and leaves a good one alone', () => {
  expect(hintFor(strength(2))).toBeTruthy();
  expect(hintFor(strength(3, 'dates'))).toBeUndefined();
});
