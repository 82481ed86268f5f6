import { hangUp, pages } from '../floors/pages.ts';
import { openFloor, pageWriter } from '../floors/rows.ts';
import { answer, programInput } from '../lib/program.ts';
import { median } from '../lib/stats.ts';

/** Reads on from the stored place: the delta, then nothing new. */
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

await fetch(`${url}/bench/delta?on=0`, { method: 'POST' });
await poll(); // the connection is open and the statements are compiled, as in a program that has run for a while
await fetch(`${url}/bench/delta?on=1`, { method: 'POST' });
const deltaMs = await poll();
const empty: number[] = [];
for (let i = 0; i < 20; i += 1) empty.push(await poll());
db.close();
hangUp();
answer({ deltaMs, emptyMs: median(empty) });
