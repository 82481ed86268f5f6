import { expect, it } from 'vitest';
import { chooseEncoding } from './compression.ts';

it.each([
  [undefined, undefined],
  ['', undefined],
  ['identity', undefined],
  ['deflate, compress', undefined],
  ['gzip', 'gzip'],
  ['GZIP', 'gzip'],
  ['*', 'zstd'],
  ['gzip, deflate, br', 'br'],
  ['gzip;q=1.0, br;q=0.2', 'gzip'],
  ['gzip;q=0', undefined],
  ['*;q=0', undefined],
  ['br;q=nonsense', undefined],
  ['gzip;q=0.5, identity;q=0.6', undefined],
  ['gzip;q=0.5, identity;q=0.5', 'gzip'],
] as const)('%s chooses %s', (header, encoding) => {
  expect(chooseEncoding(header)).toBe(encoding);
});
