import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DbError, toDbError } from '../db/errors.ts';
import { encryptSqlite, isPlainSqlite, openSqlite } from '../db/sqlite.ts';
import { deriveKey, type Key } from '../keys/derive.ts';
import { JournalFile } from '../outbox/journal-file.ts';
import type { Log } from '../log.ts';
import { CACHE, JOURNAL } from './names.ts';

/**
 * Former versions of the app kept an account's database and journal in clear. Each is replaced by its encrypted copy once that is whole; the
 * journal comes last, for it is what cannot be had again. Killed anywhere, the next start goes on.
 */
export function encryptFilesInClear(folder: string, key: Key, log: Log): void {
  encryptDatabase(join(folder, CACHE), deriveKey('database', key), log);
  sealJournal(join(folder, JOURNAL), deriveKey('journal', key), log);
}

function encryptDatabase(path: string, key: Key, log: Log): void {
  const copy = `${path}.encrypting`;
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${copy}${end}`, { force: true });
  if (!isPlainSqlite(path)) return;
  try {
    foldLog(path);
    copyFileSync(path, copy);
    encryptSqlite(copy, key);
  } catch (error) {
    const known = toDbError(error);
    if (!(known instanceof DbError) || known.kind !== 'damaged') throw known;
    // Not set aside, as a damaged one is elsewhere: it is in clear. The service has what was in it, and the journal the changes.
    log('error', 'a database in clear is damaged and deleted', { code: known.code });
    for (const end of ['-wal', '-shm', '']) rmSync(`${path}${end}`, { force: true });
    return;
  }
  renameSync(copy, path);
}

/** Left beside an encrypted database, the log of the plain one would be taken for its own. */
function foldLog(path: string): void {
  const db = openSqlite(path, {}, undefined);
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
}

/** Its lines are JSON objects; sealed ones never begin with a brace. */
function sealJournal(path: string, key: Key, log: Log): void {
  if (!existsSync(path)) return;
  const plain = new JournalFile(path);
  const { lines, damaged } = plain.read() ?? { lines: [], damaged: 0 };
  plain.close();
  if (!lines.some((line) => line.startsWith('{'))) return;
  if (damaged > 0) log('error', 'the journal of changes is damaged', { lines: damaged });
  const sealed = new JournalFile(path, undefined, key);
  sealed.replace(lines);
  sealed.close();
}
