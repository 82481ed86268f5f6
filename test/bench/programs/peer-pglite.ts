import { fold } from '#shared/domain/fold.ts';
import type { DatasetFacts } from '../data/dataset.ts';
import { hangUp, pages } from '../floors/pages.ts';
import { answer, programInput } from '../lib/program.ts';
import { p95 } from '../lib/repeat.ts';
import { peerModule } from '../peers/modules.ts';
import type { PeerRow } from '../peers/rows.ts';
import { COLUMNS, peerRowMaker } from '../peers/rows.ts';

/** PGlite in a folder: the same feed into the same tables, a trigram index (pg_trgm) built at the end, the same search. */
const { peers, url, folder, facts } = programInput<{
  peers: string;
  url: string;
  folder: string;
  facts: DatasetFacts;
}>();
const { PGlite } = await peerModule(peers, '@electric-sql/pglite');
const { pg_trgm: trigrams } = await peerModule(peers, '@electric-sql/pglite/contrib/pg_trgm');

const db = await PGlite.create({
  dataDir: folder,
  extensions: { pg_trgm: trigrams },
  relaxedDurability: true,
});
await db.exec(
  `CREATE EXTENSION IF NOT EXISTS pg_trgm;
   ${Object.entries(COLUMNS)
     .map(([name, columns]) => {
       const typed = Object.entries(columns).map(
         ([key, type]) => `${key} ${key === 'order_id' ? 'uuid' : type}`,
       );
       return `CREATE TABLE ${name} (id uuid PRIMARY KEY, ${typed.join(', ')});`;
     })
     .join('\n')}`,
);

const peerRows = peerRowMaker();
const started = performance.now();
for await (const page of pages(url)) {
  const rows = page.changes.flatMap(peerRows);
  await db.transaction(async (tx: { query: (sql: string, values: unknown[]) => Promise<unknown> }) => {
    for (const table of ['orders', 'lines', 'invoices', 'others'] as const) {
      const own = rows.filter((row) => row.table === table);
      // One statement a table and page: the fastest way in that PGlite offers for rows that are in memory.
      if (own.length > 0) await tx.query(insertOf(table), [JSON.stringify(own.map(asRecord))]);
    }
  });
}
await db.exec(`
  CREATE INDEX ON orders (placed_at); CREATE INDEX ON orders (vehicle_id, placed_at);
  CREATE INDEX ON orders (status, placed_at); CREATE INDEX ON lines (order_id); CREATE INDEX ON lines (reference);
  CREATE INDEX ON invoices (issued_on); CREATE INDEX ON invoices (order_id);`);
const listsMs = performance.now() - started;
await db.exec('CREATE INDEX ON lines USING gin (text gin_trgm_ops); ANALYZE;');
const indexedMs = performance.now() - started;

const count = await db.query('SELECT count(*)::int AS orders FROM orders');
if (count.rows[0].orders !== facts.orders) throw new Error(`${count.rows[0].orders} orders arrived`);

const searchP95 = await p95(facts.searches, (text) => {
  const words = fold(text).split(' ').filter(Boolean);
  const every = words.map((_, index) => `l.text LIKE $${index + 1}`).join(' AND ');
  return db.query(
    `SELECT o.id, o.number, o.placed_on, o.status, o.status_at, o.title, o.line_count, o.vehicle_id, o.excl_vat, o.incl_vat
     FROM orders o WHERE o.id IN (SELECT l.order_id FROM lines l WHERE ${every}) ORDER BY o.placed_at DESC LIMIT 20`,
    words.map((word) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`),
  );
});
await db.close();
hangUp();
answer({ listsMs, indexedMs, searchP95 });

function insertOf(table: PeerRow['table']): string {
  return `INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`;
}

function asRecord({ id, data }: PeerRow): object {
  return { id, ...data };
}
