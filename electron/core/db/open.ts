import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import type { Log } from '../log.ts';
import { readAll, readOne } from './base.ts';
import type { BeforeWrite } from './connection.ts';
import { Connection } from './connection.ts';
import { DbError } from './errors.ts';
import { idText } from './ids.ts';
import { migrations, type Migration } from './migrations.ts';
import type { Valued } from './projections.ts';
import { Projections } from './projections.ts';
import type { DbKey } from './sqlite.ts';

const BUSY_MS = 2000;

/** Opens the writing connection and brings the schema up to date. Throws a DbError. Newer databases were sent away before. */
export function openWriter(path: string, key: DbKey | undefined, log: Log, before?: BeforeWrite): Connection {
  // Made here first, so that it never exists with wider rights, and its -wal and -shm take the same.
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  else chmodSync(path, 0o600);
  const db = new Connection(path, { timeout: BUSY_MS, key }, log, before);
  try {
    // Two or more orders fit a page of this size where 4 KiB holds one and wastes the rest. Only a new file takes it.
    db.pragma('page_size = 8192');
    db.pragma('journal_mode = WAL');
    // A power cut may take the last pages that were applied, never the file's consistency; the service still has them.
    db.pragma('synchronous = NORMAL');
    db.pragma('foreign_keys = ON');
    db.pragma('trusted_schema = OFF');
    db.pragma('temp_store = MEMORY');
    db.pragma('cache_size = -32000');
    // Fewer, larger checkpoints while pages stream in; afterwards the log is cut back to this size.
    db.pragma('wal_autocheckpoint = 8000');
    db.pragma('journal_size_limit = 33554432');
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Opens the reading connection. Under WAL it sees the last committed state, however much of the next the writer has done.
 * No mmap: a file cut short under a mapping kills the process with SIGBUS instead of answering an error.
 */
export function openReader(path: string, key: DbKey | undefined, log: Log): Connection {
  const db = new Connection(path, { timeout: BUSY_MS, readonly: true, key }, log);
  db.pragma('query_only = ON');
  // Each page that is not here is decrypted again: most of a large account fits.
  db.pragma('cache_size = -48000');
  db.pragma('temp_store = MEMORY');
  return db;
}

/**
 * The reading connection when the file is a database of this version already; undefined when it has to be made or brought up to date first.
 * Looked at read-only, so that one of a newer app, which throws a DbError `newer`, is not so much as given a -wal file.
 */
export function openCurrent(path: string, key: DbKey | undefined, log: Log): Connection | undefined {
  if (!existsSync(path)) return undefined;
  const db = openReader(path, key, log);
  let version: number;
  try {
    version = versionOf(db);
  } catch (error) {
    db.close();
    throw error;
  }
  if (version === migrations.length) return db;
  db.close();
  if (version > migrations.length) throw new DbError('newer', 'newer_schema');
  return undefined;
}

/** All the way in one transaction: a crash in the middle leaves the version that was there. */
function migrate(db: Connection): void {
  const from = versionOf(db);
  const missing = migrations.slice(from);
  if (missing.length === 0) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const { sql } of missing) db.exec(sql);
    if (from > 0) projectAgain(db, missing);
    db.pragma(`user_version = ${migrations.length}`);
    db.exec('COMMIT');
  } catch (error) {
    if (db.raw.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function projectAgain(db: Connection, missing: readonly Migration[]): void {
  const projections = new Projections(db);
  projections.begin();
  for (const type of new Set(missing.flatMap((migration) => migration.projectAgain ?? []))) {
    for (const { id, key, value } of readAll(db, type))
      projections.put(key ?? undefined, { type, id, value } as Valued);
  }
  for (const { ordersAgain } of missing) {
    if (ordersAgain === undefined) continue;
    for (const id of db.column<Uint8Array>(`SELECT id FROM orders WHERE ${ordersAgain}`)) {
      const stored = readOne(db, 'order', idText(id));
      if (stored)
        projections.put(stored.key ?? undefined, { type: 'order', id: idText(id), value: stored.value });
    }
  }
  projections.flush();
}

const versionOf = (db: Connection): number => db.pragma('user_version') as number;
