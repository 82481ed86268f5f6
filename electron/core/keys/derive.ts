import { hkdfSync } from 'node:crypto';

/** 32 bytes, as random as they come or derived from such. */
export type Key = Uint8Array;

export const KEY_BYTES = 32;

/** What a key is for. What was sealed for one purpose is never taken for another. */
export type Purpose = 'database' | 'journal' | 'invoices' | 'record' | 'key ring' | 'code' | 'guarded code' | 'device secret' | 'password'; // prettier-ignore

/** HKDF (RFC 5869) with SHA-256. Every part has 32 bytes, so that no two lists of parts are the same bytes. */
export function deriveKey(purpose: Purpose, ...parts: Key[]): Key {
  if (parts.some(({ length }) => length !== KEY_BYTES)) throw new RangeError('a key of another length');
  const info = `oscaro-desktop ${purpose}`;
  return new Uint8Array(hkdfSync('sha256', Buffer.concat(parts), new Uint8Array(), info, KEY_BYTES));
}
