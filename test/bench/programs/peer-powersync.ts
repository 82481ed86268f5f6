import { join } from 'node:path';
import type { DatasetFacts } from '../data/dataset.ts';
import { databaseMb } from '../lib/disk.ts';
import { answer, programInput } from '../lib/program.ts';
import { p95 } from '../lib/repeat.ts';
import { COLUMNS } from '../peers/rows.ts';
import { peerModule } from '../peers/modules.ts';

/** PowerSync's own client against lines made beforehand: first sync, then the delta, and the same list. */
const { peers, url, folder, text, facts } = programInput<{
  peers: string;
  url: string;
  folder: string;
  text: boolean;
  facts: DatasetFacts;
}>();
const { PowerSyncDatabase, Schema, Table, column } = await peerModule(peers, '@powersync/node');

const indexes = {
  orders: {
    by_time: ['placed_at'],
    by_vehicle: ['vehicle_id', 'status', 'placed_at'],
    by_status: ['status', 'placed_at'],
  },
  lines: { by_order: ['order_id'], by_reference: ['reference'] },
  invoices: { by_time: ['issued_on'], by_order: ['order_id'] },
  others: {},
};
const tables = Object.entries(COLUMNS).map(([name, columns]) => {
  const typed = Object.entries(columns).map(([key, type]) => [key, column[type]]);
  return [name, new Table(Object.fromEntries(typed), { indexes: indexes[name as keyof typeof indexes] })];
});

const db = new PowerSyncDatabase({
  schema: new Schema(Object.fromEntries(tables)),
  database: { dbFilename: 'peer.db', dbLocation: folder, implementation: { type: 'better-sqlite3' } },
});
await db.init();
// As PowerSync's guide to full-text search does it: triggers on the tables below its views.
if (text) {
  await db.execute(
    `CREATE VIRTUAL TABLE texts USING fts5(body, content='', contentless_delete=1, tokenize='trigram remove_diacritics 1')`,
  );
  await db.execute(`CREATE TRIGGER texts_in AFTER INSERT ON ps_data__lines BEGIN
    INSERT INTO texts (rowid, body) VALUES (NEW.rowid, json_extract(NEW.data, '$.text')); END`);
}

const started = performance.now();
await db.connect({
  fetchCredentials: () => Promise.resolve({ endpoint: url, token: 'bench' }),
  uploadData: () => Promise.resolve(),
});
await db.waitForFirstSync();
const syncMs = performance.now() - started;

const count = await db.get('SELECT count(*) AS orders FROM orders');
if (count.orders !== facts.orders) throw new Error(`${count.orders} orders arrived`);

const list = await p95(facts.lists, ({ vehicle, status }) =>
  db.getAll(
    `SELECT id, number, placed_on, status, status_at, title, line_count, vehicle_id, excl_vat, incl_vat
     FROM orders WHERE vehicle_id = ? AND status = ? ORDER BY placed_at DESC LIMIT 50`,
    [vehicle, status],
  ),
);

const firstDeltaMs = await delta(1);
const deltaMs = await delta(2);

await db.close();
answer({ syncMs, listP95: list, firstDeltaMs, deltaMs, mb: databaseMb(join(folder, 'peer.db')) });

async function delta(upTo: number): Promise<number> {
  const changed = new Promise<void>((resolve) => {
    db.onChange(
      { onChange: () => resolve() },
      { tables: ['orders'], throttleMs: 0, triggerImmediate: false },
    );
  });
  const before = performance.now();
  await fetch(new URL(`/bench/delta?upto=${upTo}`, url), { method: 'POST' });
  await changed;
  return performance.now() - before;
}
