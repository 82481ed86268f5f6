import { KEY_BYTES, type Key } from './derive.ts';
import { seal, unseal } from './seal.ts';

/** Where a sealed key belongs: one that was put elsewhere does not open. */
export const VAULT_PLACE = 'vault';
export const accountPlace = (id: string): string => `account ${id}`;

export const sealKey = (by: Key, place: string, key: Key): string => seal(by, place, key).toString('base64');

/** Undefined when it is opened by something else, or a bit is not as it was. */
export function unsealKey(by: Key, place: string, sealed: string): Key | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  // Decoding base64 forgives what it does not know.
  const key = bytes.toString('base64') === sealed ? unseal(by, place, bytes) : undefined;
  return key?.length === KEY_BYTES ? new Uint8Array(key) : undefined;
}

export const keyText = (key: Key): string => Buffer.from(key).toString('base64');

export function textKey(text: string): Key | undefined {
  const key = new Uint8Array(Buffer.from(text, 'base64'));
  return key.length === KEY_BYTES ? key : undefined;
}
