import { basename, dirname, join } from 'node:path';
import type BetterSqlite from 'better-sqlite3';
import { isPlainSqlite, openSqlite } from '#core/db/sqlite.ts';
import { deriveKey, type Key } from '#core/keys/derive.ts';
import { readKeyFile } from '#core/keys/key-file.ts';
import { accountPlace, textKey, unsealKey, VAULT_PLACE } from '#core/keys/sealed-key.ts';
import { JournalFile } from '#core/outbox/journal-file.ts';
import { readVault } from '#core/keys/vault-file.ts';

/** What the keyrings of this process's tests keep, by name. */
const keyrings = new Set<ReadonlyMap<string, string>>();

export const rememberKeyring = (secrets: ReadonlyMap<string, string>): void => void keyrings.add(secrets);

type Keyring = (id: string) => string | undefined;

const anyKeyring: Keyring = (id) => {
  for (const secrets of keyrings) {
    const secret = secrets.get(id);
    if (secret !== undefined) return secret;
  }
  return undefined;
};

/** The key of an account as its owner's keyring opens it; undefined when there is none. */
export function keyOfAccount(accountFolder: string, keyring = anyKeyring): Key | undefined {
  const vault = vaultKey(join(dirname(dirname(accountFolder)), 'vault.json'), keyring);
  const file = readKeyFile(accountFolder);
  if (!vault || file === undefined || file === 'damaged' || file.vault === undefined) return undefined;
  return unsealKey(vault, accountPlace(basename(accountFolder)), file.vault);
}

function vaultKey(path: string, keyring: Keyring): Key | undefined {
  const file = readVault(path, () => undefined);
  const part = file && textKey(keyring(file.id) ?? '');
  return part && file.keyring !== undefined
    ? unsealKey(deriveKey('key ring', part), VAULT_PLACE, file.keyring)
    : undefined;
}

/** With which an account's database is opened from outside; undefined for one in clear. */
export function cacheKey(path: string, keyring?: Keyring): Key | undefined {
  const key = isPlainSqlite(path) ? undefined : keyOfAccount(dirname(path), keyring);
  return key && deriveKey('database', key);
}

/** An account's database, opened from outside while its engine runs or rests. */
export function openCache(
  path: string,
  options: BetterSqlite.Options = {},
  keyring?: Keyring,
): BetterSqlite.Database {
  return openSqlite(path, options, cacheKey(path, keyring));
}

/** The lines of an account's journal, opened. */
export function journalLines(path: string): string[] {
  const key = keyOfAccount(dirname(path));
  return new JournalFile(path, undefined, key && deriveKey('journal', key)).read()?.lines ?? [];
}
