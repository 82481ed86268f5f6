import BetterSqlite from 'better-sqlite3';
import { createHmac } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DbError } from './errors.ts';

/** 32 random bytes, used as they are: no pass phrase is stretched when a database is opened. */
export type DbKey = Uint8Array;

const SALT_BYTES = 16;
/** What follows the salt in clear: page size, then the write and read versions of WAL, AEGIS's 64 bytes of each page, SQLite's three fixed fractions. */
const AFTER_PAGE_SIZE = Buffer.from([2, 2, 64, 64, 32, 32]);
const HEADER_BYTES = SALT_BYTES + 2 + AFTER_PAGE_SIZE.length;
const PLAIN_HEADER = 'SQLite format 3\0';

let addon: string | undefined;

/** The package would ask the process for a report of itself, which takes longer than to open a database, only to tell one libc from another. */
function nativeBinding(): string | undefined {
  if (process.platform === 'linux' && process.arch !== 'x64' && process.arch !== 'arm64') return undefined;
  const home = dirname(createRequire(import.meta.url).resolve('better-sqlite3/package.json'));
  return (addon ??= join(home, 'prebuilds', `${process.platform}-${process.arch}.node`));
}

/**
 * Opens a database file; with a key, each page of it and of its log is encrypted and authenticated (AEGIS-256): a flipped bit, a page that
 * was put elsewhere and a wrong key are all `SQLITE_NOTADB` or `SQLITE_CORRUPT`. The few bytes that the cipher leaves in clear are compared here.
 */
export function openSqlite(
  path: string,
  options: BetterSqlite.Options,
  key: DbKey | undefined,
): BetterSqlite.Database {
  const binding = nativeBinding();
  if (key) checkHeader(path, key);
  const db = new BetterSqlite(path, { ...options, ...(binding !== undefined && { nativeBinding: binding }) });
  if (key) {
    db.pragma("cipher = 'aegis'");
    db.pragma(`key = "${rawKey(key)}"`);
  }
  return db;
}

/** Encrypts a plain database in place. Not safe against a crash: for a copy that is thrown away when it does not end. */
export function encryptSqlite(path: string, key: DbKey): void {
  const db = openSqlite(path, {}, undefined);
  try {
    db.pragma('journal_mode = MEMORY');
    db.pragma("cipher = 'aegis'");
    db.pragma(`rekey = "${rawKey(key)}"`);
    db.pragma('journal_mode = WAL');
  } finally {
    db.close();
  }
}

/** Whether a file is a database that anybody can read, as former versions of the app kept it. */
export function isPlainSqlite(path: string): boolean {
  return readHead(path)?.toString('latin1').startsWith(PLAIN_HEADER) === true;
}

function checkHeader(path: string, key: DbKey): void {
  const head = readHead(path);
  // None, or one that was just made.
  if (!head || head.length === 0) return;
  const right =
    head.subarray(0, SALT_BYTES).equals(saltOf(key)) && head.subarray(SALT_BYTES + 2).equals(AFTER_PAGE_SIZE);
  if (!right) throw new DbError('damaged', 'header');
}

function readHead(path: string): Buffer | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const head = Buffer.alloc(HEADER_BYTES);
    return head.subarray(0, readSync(file, head, 0, HEADER_BYTES, 0));
  } finally {
    closeSync(file);
  }
}

/** The salt, which a raw key has no other use for, follows from the key: so the bytes in which it stands are checked, too. */
function saltOf(key: DbKey): Buffer {
  return createHmac('sha256', key).update('salt').digest().subarray(0, SALT_BYTES);
}

const rawKey = (key: DbKey): string => `raw:${Buffer.concat([key, saltOf(key)]).toString('hex')}`;
