import type { Connection } from '../db/connection.ts';

const FIRST_BATCH = 50;
const LARGEST_BATCH = 800;

/**
 * Reads a list from its newest row on, in growing batches, until `take` has enough. `sql` takes the key to go on after and how many rows to
 * read. Answers false when `most` rows were not enough.
 */
export function walk<Row extends { pk: number }>(
  db: Connection,
  sql: string,
  most: number,
  take: (row: Row) => boolean,
): boolean {
  let after = -1;
  let batch = FIRST_BATCH;
  for (let walked = 0; walked < most; walked += batch, batch = Math.min(LARGEST_BATCH, batch * 2)) {
    const rows = db.all<Row>(sql, after, batch);
    for (const row of rows) if (take(row)) return true;
    const last = rows.at(-1);
    if (!last || rows.length < batch) return true;
    after = last.pk;
  }
  return false;
}
