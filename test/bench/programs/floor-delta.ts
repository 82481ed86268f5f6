import { hangUp, pages } from '../floors/pages.ts';
import { openFloor, pageWriter } from '../floors/rows.ts';
import { answer, programInput } from '../lib/program.ts';
import { median } from '../lib/stats.ts';

/** Reads on from the stored place: a delta, another one once everything is warm, then nothing new. */
const { url, file } = programInput<{ url: string; file: string }>();
const db = openFloor(file);
const write = pageWriter(db);
const place = db.prepare<[], string>('SELECT cursor FROM place').pluck();

async function poll(): Promise<number> {
  const started = performance.now();
  for await (const page of pages(url, place.get())) {
    if (page.changes.length > 0) write(page);
  }
  return performance.now() - started;
}

await fetch(`${url}/bench/delta?upto=0`, { method: 'POST' });
await poll(); // the connection is open
await fetch(`${url}/bench/delta?upto=1`, { method: 'POST' });
const firstDeltaMs = await poll();
await fetch(`${url}/bench/delta?upto=2`, { method: 'POST' });
const deltaMs = await poll();
const empty: number[] = [];
for (let i = 0; i < 20; i += 1) empty.push(await poll());
db.close();
hangUp();
answer({ firstDeltaMs, deltaMs, emptyMs: median(empty) });
