import type { Connection } from '../db/connection.ts';
import { getMeta, setMeta } from '../db/meta.ts';
import { unpack } from '../db/packed.ts';
import type { Slices } from '../db/slices.ts';
import type { Store } from '../db/store.ts';
import type { TextTable } from '../db/texts-writer.ts';

const CHUNK = 1000;
/** Each statement that fills an index ends a segment of it, and few large ones are cheaper than many small. This many take a tenth of a second. */
const TEXT_CHUNK = 20_000;
/** FTS5 gathers this much in memory before it writes a segment; its own default is 1 MiB. */
const GATHER_BYTES = 16 * 1024 * 1024;

const SOURCES: readonly [TextTable, string][] = [
  ['order_text', 'orders'],
  ['part_text', 'parts'],
  ['invoice_text', 'invoices'],
];

/**
 * Builds what search needs in one go after the first read: in the order of the keys, each index is written once and densely, where page by page
 * it would be torn open in a hundred places each time. Afterwards pages keep it up to date.
 */
export async function buildSearch(store: Store): Promise<void> {
  if (getMeta(store.reader, 'searchBuilt') === 1) return;
  await store.write(async (db, slices) => {
    await linkParts(db, slices);
    for (const [index, source] of SOURCES) await fillTexts(db, slices, index, source);
    setMeta(db, 'searchBuilt', 1);
  });
}

/** A pair of a part and the place of an order in the list, as one number that sorts by part and then by place. */
const PLACES = 2 ** 24;

/** Which part is in which orders, turned around from what the rows of the orders say. */
async function linkParts(db: Connection, slices: Slices): Promise<void> {
  const orders: number[] = [];
  const pairs: number[] = [];
  for (let after = -1; ;) {
    const rows = db.all<{ pk: number; parts: Uint8Array }>(
      `SELECT pk, parts FROM orders WHERE pk > ? ORDER BY pk LIMIT ${CHUNK}`,
      after,
    );
    for (const { pk, parts } of rows) {
      for (const part of unpack(parts)) pairs.push(part * PLACES + orders.length);
      orders.push(pk);
    }
    const last = rows.at(-1);
    if (!last) break;
    after = last.pk;
    if (slices.due()) await slices.pause();
  }
  const link = db.statement('INSERT INTO order_part VALUES (?, ?)');
  for (const pair of Float64Array.from(pairs).sort()) {
    const place = pair % PLACES;
    link.run((pair - place) / PLACES, orders[place] ?? 0);
    if (slices.due()) await slices.pause();
  }
}

async function fillTexts(db: Connection, slices: Slices, index: TextTable, source: string): Promise<void> {
  db.run(`INSERT INTO ${index} (${index}, rank) VALUES ('hashsize', ${GATHER_BYTES})`);
  for (let after = -1; ;) {
    const last = db.value<number | null>(
      `SELECT max(pk) FROM (SELECT pk FROM ${source} WHERE pk > ? ORDER BY pk LIMIT ${TEXT_CHUNK})`,
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
