import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatasetFacts } from '../data/dataset.ts';
import { databaseMb } from '../lib/disk.ts';
import { must, openEngine } from '../lib/engine.ts';
import { answer, programInput } from '../lib/program.ts';

/** Signs in and syncs for the first time: when the first 50 orders can be read, and when all of it is there. */
const { url, folder, facts } = programInput<{ url: string; folder: string; facts: DatasetFacts }>();
const engine = openEngine(folder, url);
const { handlers } = engine;

let started = 0;
let firstRowsMs: number | undefined;
let listsMs: number | undefined;

/** Asks as the window does, each time the engine says that something changed. */
async function look(): Promise<void> {
  if (firstRowsMs === undefined) {
    const rows = await must(handlers['orders.page']({ filter: {}, offset: 0, limit: 50 }));
    if (rows.length === 50) firstRowsMs ??= performance.now() - started;
  }
  const { count } = await must(handlers['orders.summary']({}));
  if (count === facts.orders) listsMs ??= performance.now() - started;
}

let looking: Promise<void> = Promise.resolve();
engine.on('changed', ({ topics }) => {
  if (topics.includes('orders') && listsMs === undefined) looking = looking.then(look);
});

started = performance.now();
await must(handlers['session.signIn']({ email: 'garage@example.org', password: 'bench' }));
const signedInMs = performance.now() - started;
await idle();
const indexedMs = performance.now() - started;
await looking;

const { counts, unreadable } = await must(handlers['sync.status'](undefined));
if (counts.orders !== facts.orders) throw new Error(`${counts.orders} orders arrived`);
if (counts.invoices !== facts.invoices) throw new Error(`${counts.invoices} invoices arrived`);
if (unreadable > 0) throw new Error(`${unreadable} changes could not be read`);
const [oldest] = await must(handlers['orders.page']({ filter: {}, offset: facts.orders - 1, limit: 1 }));
const found = await must(handlers['orders.summary']({ text: oldest?.number ?? '' }));
if (found.count < 1) throw new Error('the oldest order cannot be found by its number');
await engine.close();

const databases = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.(db|sqlite|sqlite3)$/.test(name),
);
const mb = databases.reduce((sum, name) => sum + databaseMb(join(folder, name)), 0);
answer({ signedInMs, firstRowsMs: firstRowsMs ?? indexedMs, listsMs: listsMs ?? indexedMs, indexedMs, mb });

/** Resolves when the first read has ended and nothing is under way. */
async function idle(): Promise<void> {
  await new Promise<void>((resolve) => {
    const check = (status: { phase: string; firstSync?: unknown; counts: { orders: number } }): void => {
      const done = status.phase === 'idle' && !status.firstSync && status.counts.orders === facts.orders;
      if (done) resolve();
    };
    engine.on('sync.status', check);
    void must(handlers['sync.status'](undefined)).then(check);
  });
}
