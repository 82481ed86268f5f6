import { expect, it } from 'vitest';
import { waitWords } from './wait-words.ts';

it.each([
  [1, '1 s'],
  [59, '59 s'],
  [60, '1 min'],
  [125, '2 min 05 s'],
  [900, '15 min'],
])('writes %d seconds as %s', (seconds, words) => {
  // The space before a unit does not break.
  expect(waitWords(seconds).replaceAll('\u00a0', ' ')).toBe(words);
});
