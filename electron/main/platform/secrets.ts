import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Uuid } from '#shared/domain/ids.ts';
import type { SecretStorage } from '#shared/ipc/settings.ts';
import { writeFileAtomically } from './json-file.ts';
import type { Log } from './logging.ts';

/** Encryption with a key that the operating system keeps for this person. */
export interface Cipher {
  /** Where it is not available nothing must be written: anybody with the disk could read it. */
  storage: () => Promise<SecretStorage>;
  encrypt: (text: string) => Promise<Buffer>;
  decrypt: (bytes: Buffer) => Promise<{ text: string; stale: boolean }>;
}

export interface Secrets {
  load: (accountId: string) => Promise<string | undefined>;
  /** `durable: false`: kept in memory only, the session ends with the app; so it is wanted where `lasting` is false. */
  save: (accountId: string, secret: string, options?: { lasting: boolean }) => Promise<{ durable: boolean }>;
  delete: (accountId: string) => Promise<void>;
}

export function createSecrets(folder: string, cipher: Cipher, log: Log): Secrets {
  const inMemory = new Map<string, string>();
  const fileOf = (accountId: string): string => join(folder, `${Uuid.parse(accountId)}.secret`);

  const available = async (): Promise<boolean> => (await cipher.storage()) === 'available';

  const write = async (accountId: string, secret: string): Promise<void> => {
    const bytes = await cipher.encrypt(secret);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    writeFileAtomically(fileOf(accountId), bytes);
  };

  const save: Secrets['save'] = async (accountId, secret, { lasting } = { lasting: true }) => {
    inMemory.set(accountId, secret);
    if (lasting && (await available())) {
      try {
        await write(accountId, secret);
        return { durable: true };
      } catch (error) {
        log('error', 'a secret could not be kept', { reason: nameOf(error) });
      }
    }
    // An older one on the disk has been replaced by now: using it again would look like theft to the service.
    await rm(fileOf(accountId), { force: true });
    return { durable: false };
  };

  return {
    save,
    load: async (accountId) => {
      const known = inMemory.get(accountId);
      if (known !== undefined) return known;
      const bytes = await readFile(fileOf(accountId)).catch((error: unknown) => {
        if (!isMissing(error)) log('warn', 'a secret could not be read', { reason: nameOf(error) });
        return undefined;
      });
      if (!bytes || !(await available())) return undefined;
      try {
        const { text, stale } = await cipher.decrypt(bytes);
        if (stale) await save(accountId, text);
        return text;
      } catch (error) {
        // Damaged, or written with a key that is gone: nothing can be done with it but to sign in again.
        log('warn', 'a kept secret could not be decrypted', { reason: nameOf(error) });
        return undefined;
      }
    },
    delete: async (accountId) => {
      inMemory.delete(accountId);
      await rm(fileOf(accountId), { force: true });
    },
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function nameOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'encryption';
}
