import type { Connection } from '../db/connection.ts';
import { getMeta, setMeta } from '../db/meta.ts';
import type { Slices } from '../db/slices.ts';
import type { Store } from '../db/store.ts';
import type { TextTable } from '../db/texts-writer.ts';

const CHUNK = 1000;
/** FTS5 gathers this much in memory before it writes a segment; its own default is 1 MiB. */
const GATHER_BYTES = 16 * 1024 * 1024;

const SOURCES: readonly [TextTable, string][] = [
  ['order_text', 'orders'],
  ['part_text', 'parts'],
  ['invoice_text', 'invoices'],
];

/** Builds the text indexes in one go after the first read, which is cheaper than along with it; afterwards pages keep them. */
export async function buildTexts(store: Store): Promise<void> {
  if (getMeta(store.reader, 'textsBuilt') === 1) return;
  await store.write(async (db, slices) => {
    for (const [index, source] of SOURCES) await fill(db, slices, index, source);
    setMeta(db, 'textsBuilt', 1);
  });
}

async function fill(db: Connection, slices: Slices, index: TextTable, source: string): Promise<void> {
  db.run(`INSERT INTO ${index} (${index}, rank) VALUES ('hashsize', ${GATHER_BYTES})`);
  for (let after = -1; ;) {
    const last = db.value<number | null>(
      `SELECT max(pk) FROM (SELECT pk FROM ${source} WHERE pk > ? ORDER BY pk LIMIT ${CHUNK})`,
      after,
    );
    if (last === undefined || last === null) break;
    db.run(
      `INSERT INTO ${index} (rowid, text) SELECT pk, text FROM ${source} WHERE pk > ? AND pk <= ? ORDER BY pk`,
      after,
      last,
    );
    after = last;
    if (slices.due()) await slices.pause();
  }
  // One segment answers a search in a fraction of the time that many take.
  db.run(`INSERT INTO ${index} (${index}) VALUES ('optimize')`);
}
