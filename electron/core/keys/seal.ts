import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';

/** 32 bytes; as an object where many pieces are sealed, since taking up the bytes takes longer than sealing a short one. */
export type SealingKey = Uint8Array | KeyObject;

/** AES-256-GCM. Each piece has a nonce of its own, drawn at random: 2^32 pieces under one key are safe, which nobody writes. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** So much longer than what it holds is what `seal` makes. */
export const OVERHEAD = NONCE_BYTES + TAG_BYTES;

/** `nonce, ciphertext, tag`. `place` is not kept: whoever opens it must know where it belongs. */
export function seal(key: SealingKey, place: string, plain: Uint8Array): Buffer {
  return Buffer.concat(sealParts(key, place, [plain]));
}

/** The same from parts and in parts, to be written one after another: what is sealed may be large, and each copy of it takes time. */
export function sealParts(key: SealingKey, place: string, plain: readonly Uint8Array[]): Buffer[] {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
  const sealed = plain.map((part) => cipher.update(part));
  // GCM holds nothing back: there is no more to come, but for the tag.
  cipher.final();
  return [nonce, ...sealed, cipher.getAuthTag()];
}

/** Undefined when a bit is not as it was sealed, or the key or the place is another. */
export function unseal(key: SealingKey, place: string, sealed: Uint8Array): Buffer<ArrayBuffer> | undefined {
  if (sealed.length < OVERHEAD) return undefined;
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const plain = decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    // The only thing that ends here is a tag that does not fit.
    return undefined;
  }
}

export function sealText(key: SealingKey, place: string, text: string): string {
  return seal(key, place, Buffer.from(text)).toString('base64');
}

/** As `unseal`; a text that is not exactly what `sealText` wrote does not open, either. */
export function unsealText(key: SealingKey, place: string, text: string): string | undefined {
  const bytes = Buffer.from(text, 'base64');
  // Decoding base64 forgives what it does not know, and the last bits of the last letter.
  if (bytes.toString('base64') !== text) return undefined;
  return unseal(key, place, bytes)?.toString();
}
