import { randomBytes, scrypt } from 'node:crypto';
import { KEY_BYTES, type Key } from './derive.ts';

/** How much work it is to try one word (RFC 7914). It stands beside what was sealed, so that it can grow. */
export interface Cost {
  n: number;
  r: number;
  p: number;
  salt: string;
}

/** OWASP's recommendation: 128 MiB and a few tenths of a second for each try. */
export const STRETCH_N = 2 ** 17;
const R = 8;
const P = 1;
const SALT_BYTES = 16;
/** A file that was tampered with must not take the computer's memory; by the product, for each factor alone says nothing. */
const MOST_MEMORY = 512 * 2 ** 20;
const MOST_PARALLEL = 4;

export const newCost = (n: number): Cost => ({
  n,
  r: R,
  p: P,
  salt: randomBytes(SALT_BYTES).toString('base64'),
});

export function isCost(value: unknown): value is Cost {
  if (typeof value !== 'object' || value === null) return false;
  const { n, r, p, salt } = value as Record<string, unknown>;
  if (typeof salt !== 'string' || salt.length > 64) return false;
  if (!isCount(n) || !isCount(r) || !isCount(p)) return false;
  return n >= 2 && (n & (n - 1)) === 0 && memoryOf(n, r, p) <= MOST_MEMORY && p <= MOST_PARALLEL;
}

/** A key from what a person typed: alike on every keyboard (NFKC), off this thread. */
export function stretch(typed: string, { n, r, p, salt }: Cost): Promise<Key> {
  const options = { N: n, r, p, maxmem: 2 * memoryOf(n, r, p) };
  return new Promise((resolve, reject) => {
    scrypt(typed.normalize('NFKC'), Buffer.from(salt, 'base64'), KEY_BYTES, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

const memoryOf = (n: number, r: number, p: number): number => 128 * r * (n + p);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;
