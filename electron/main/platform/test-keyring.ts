import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Cipher } from './secrets.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Stands for the system's keyring in development and in tests, where the environment brings the key along. */
export function testKeyring(key: Uint8Array): Cipher {
  return {
    storage: () => Promise.resolve('available'),
    encrypt: (text) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const sealed = Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
      return Promise.resolve(sealed);
    },
    decrypt: async (bytes) => {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
      return Promise.resolve({ text: Buffer.concat([text, decipher.final()]).toString(), stale: false });
    },
  };
}
