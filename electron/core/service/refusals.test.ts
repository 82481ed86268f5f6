import { expect, it } from 'vitest';
import { retryAfter } from './refusals.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');

it.each([
  ['120', 120],
  [' 0 ', 0],
  ['Mon, 02 Mar 2026 10:02:00 GMT', 120],
  ['Mon, 02 Mar 2026 09:00:00 GMT', 0],
  ['9999999999', 86_400],
  ['soon', undefined],
  ['-5', undefined],
])('reads Retry-After: %s', (header, seconds) => {
  expect(retryAfter(header, NOW)).toBe(seconds);
});

it('has nothing to read when there is no header', () => {
  expect(retryAfter(undefined, NOW)).toBeUndefined();
});
