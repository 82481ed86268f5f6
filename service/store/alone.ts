import Database from 'better-sqlite3';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Between two looks at whether the other has finished. */
const LOOK_MS = 100;

/**
 * Does something that no other process does meanwhile with this folder; waits for one that does. SQLite's lock on a file beside the database is
 * let go by the system when its process ends, however that ends. Throws what the work throws.
 */
export async function alone<T>(dataDir: string, name: string, work: () => Promise<T>): Promise<T> {
  const lock = new Database(join(dataDir, `${name}.lock`), { timeout: 0 });
  try {
    while (!taken(lock)) await pause(LOOK_MS);
    return await work();
  } finally {
    lock.close();
  }
}

function taken(lock: Database.Database): boolean {
  try {
    lock.exec('begin exclusive');
    return true;
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY') return false;
    throw error;
  }
}
