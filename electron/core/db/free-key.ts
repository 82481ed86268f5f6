import type { Connection } from './connection.ts';

const TRIES = 8;

/**
 * Inserts a row under its key or, where that is taken, under one of the next: several orders can share a millisecond. `insert` answers
 * whether the key was free. After a few steps it jumps behind the whole run, so that a feed full of equal moments costs no more.
 */
export function insertAtFreeKey(
  db: Connection,
  table: 'orders' | 'invoices',
  key: number,
  insert: (key: number) => boolean,
): number {
  let free = key;
  for (let tries = 0; !insert(free); tries += 1) {
    free =
      tries < TRIES
        ? free + 1
        : (db.value<number>(
            `SELECT max(pk) + 1 FROM ${table} WHERE pk BETWEEN ? AND ?`,
            free,
            free + 2 ** (10 + tries - TRIES),
          ) ?? free + 1);
  }
  return free;
}
