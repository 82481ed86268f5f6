import type { Connection } from './connection.ts';
import { DbError } from './errors.ts';

/**
 * Whether SQLite finds its own structures in order, indexes against tables included. Reads the whole file: for moments in which something
 * has gone wrong that cannot. What the values of rows say is another matter (checksum.ts).
 */
export function isWhole(db: Connection): boolean {
  try {
    return db.pragma('integrity_check(1)') === 'ok';
  } catch (error) {
    if (error instanceof DbError && error.kind === 'damaged') return false;
    throw error;
  }
}
