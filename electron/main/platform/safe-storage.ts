import { app, safeStorage } from 'electron';
import type { Cipher } from './secrets.ts';

/** These came with later versions of Electron than the oldest one that this code runs on. */
interface AsyncSafeStorage {
  isAsyncEncryptionAvailable: () => Promise<boolean>;
  encryptStringAsync: (text: string) => Promise<Buffer>;
  decryptStringAsync: (bytes: Buffer) => Promise<{ result: string; shouldReEncrypt: boolean }>;
}

type SyncSafeStorage = Pick<
  typeof safeStorage,
  'isEncryptionAvailable' | 'encryptString' | 'decryptString' | 'getSelectedStorageBackend'
>;

const storage: SyncSafeStorage & Partial<AsyncSafeStorage> = safeStorage;

export const safeStorageCipher: Cipher = {
  storage: async () => {
    await app.whenReady();
    // Linux without a keyring: Chromium then encrypts with a password that is in its source code.
    if (process.platform === 'linux' && storage.getSelectedStorageBackend() === 'basic_text')
      return 'missing';
    const answers = storage.isAsyncEncryptionAvailable
      ? await storage.isAsyncEncryptionAvailable()
      : storage.isEncryptionAvailable();
    // Elsewhere the system always has one; and a Linux desktop that is known to have one says the same when it is locked and when it does not run.
    return answers ? 'available' : 'silent';
  },
  encrypt: async (text) =>
    storage.encryptStringAsync ? storage.encryptStringAsync(text) : storage.encryptString(text),
  decrypt: async (bytes) => {
    if (!storage.decryptStringAsync) return { text: storage.decryptString(bytes), stale: false };
    const { result, shouldReEncrypt } = await storage.decryptStringAsync(bytes);
    return { text: result, stale: shouldReEncrypt };
  },
};
