import { must, openEngine } from '../lib/engine.ts';
import { answer, programInput } from '../lib/program.ts';
import { median } from '../lib/stats.ts';

/** Opens a synced folder: a delta of 100 orders, another one once everything is warm, then polls that bring nothing. */
const { url, folder } = programInput<{ url: string; folder: string }>();
await turnDelta(0);
const engine = openEngine(folder, url);
const poll = async (): Promise<number> => {
  const started = performance.now();
  const status = await must(engine.handlers['sync.now'](undefined));
  if (status.problem) throw new Error(`the poll ended with ${status.problem.kind}`);
  return performance.now() - started;
};
await poll(); // the session is renewed and the connection open

const told = new Promise((resolve) => engine.on('changed', resolve));
await turnDelta(1);
const firstDeltaMs = await poll();
await turnDelta(2);
const deltaMs = await poll();
const empty: number[] = [];
for (let i = 0; i < 20; i += 1) empty.push(await poll());
await told; // it comes a little later; a delta that changed nothing would end this process here, unfinished
await engine.close();
answer({ firstDeltaMs, deltaMs, emptyMs: median(empty) });

async function turnDelta(upTo: number): Promise<void> {
  await fetch(`${url}/bench/delta?upto=${upTo}`, { method: 'POST' });
}
