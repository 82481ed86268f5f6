import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { encryptSqlite, isPlainSqlite, openSqlite } from './sqlite.ts';
import { Store } from './store.ts';

const NEEDLE = 'camille.planted@example.org';
const key = randomBytes(32);
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sqlite-'));
  path = join(folder, 'cache.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

function fill(withKey: Uint8Array | undefined): void {
  const db = openSqlite(path, {}, withKey);
  db.pragma('page_size = 8192');
  db.pragma('journal_mode = WAL');
  db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)');
  const insert = db.prepare('INSERT INTO t (text) VALUES (?)');
  for (let n = 0; n < 1000; n += 1) insert.run(`${NEEDLE} ${n}`);
  db.close();
}

function read(withKey: Uint8Array | undefined): number {
  const db = openSqlite(path, { readonly: true }, withKey);
  try {
    return db.prepare('SELECT * FROM t').all().length;
  } finally {
    db.close();
  }
}

it('opens with its key only', () => {
  fill(key);
  expect(read(key)).toBe(1000);
  expect(() => read(undefined)).toThrow();
  expect(() => read(randomBytes(32))).toThrow();
});

it('keeps nothing in clear, neither in the file nor in its log', async () => {
  const store = new Store(path, () => undefined, undefined, key);
  await store.write((db) => db.run(`INSERT INTO meta VALUES ('lastSyncAt', ?)`, NEEDLE));
  expect(existsSync(`${path}-wal`)).toBe(true);
  for (const file of [path, `${path}-wal`]) expect(readFileSync(file).includes(NEEDLE)).toBe(false);
  await store.checkpoint();
  expect(readFileSync(path).includes(NEEDLE)).toBe(false);
  await store.close();
});

it('notices any flipped bit of the first bytes, and one in each of the others', () => {
  fill(key);
  const whole = readFileSync(path);
  const missed: number[] = [];
  for (let at = 0; at < whole.length; at += at < 64 ? 1 : 211) {
    for (const bit of at < 64 ? [1, 2, 4, 8, 16, 32, 64, 128] : [1 << (at % 8)]) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ bit;
      for (const side of ['-wal', '-shm']) rmSync(path + side, { force: true });
      writeFileSync(path, bytes);
      try {
        read(key);
        missed.push(at);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }
  }
  expect(missed).toEqual([]);
});

it('notices a page that stands in the place of another', () => {
  fill(key);
  const bytes = readFileSync(path);
  bytes.copyWithin(8192 * 3, 8192 * 2, 8192 * 3);
  writeFileSync(path, bytes);
  expect(() => read(key)).toThrow();
});

it('encrypts a database of a former version with all that is in it', () => {
  fill(undefined);
  expect(isPlainSqlite(path)).toBe(true);
  encryptSqlite(path, key);
  expect(isPlainSqlite(path)).toBe(false);
  expect(readFileSync(path).includes(NEEDLE)).toBe(false);
  expect(read(key)).toBe(1000);
});
