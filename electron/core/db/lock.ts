import type BetterSqlite from 'better-sqlite3';
import { chmodSync } from 'node:fs';
import { DbError, toDbError } from './errors.ts';
import { openSqlite } from './sqlite.ts';

/**
 * Holds a folder for one engine at a time. The lock is SQLite's own exclusive lock on a file beside the databases: the system lets go of
 * it when the process ends, however it ends, so there is no stale lock to clean up and no process id to compare.
 */
export function lockFolder(path: string): () => void {
  let db: BetterSqlite.Database | undefined;
  try {
    db = openSqlite(path, { timeout: 0 }, undefined);
    chmodSync(path, 0o600);
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db?.close();
    const known = toDbError(error);
    // Nothing of value is in this file: one that is no database any more is a broken file system, not lost data.
    throw known instanceof DbError && known.kind === 'damaged' ? new DbError('file', known.code) : known;
  }
  const held = db;
  return () => held.close();
}
