import { localChanges } from '../lib/local-changes.ts';
import { must, noNetwork, openEngine } from '../lib/engine.ts';
import { answer, programInput } from '../lib/program.ts';
import { percentile } from '../lib/stats.ts';

/**
 * Changes made one right after the other without a network: each from the call until the engine has kept it, has told that something
 * changed, and has answered the screen's question again.
 */
const { url, folder, count } = programInput<{ url: string; folder: string; count: number }>();
const WARM_UP = 30;

const engine = openEngine(folder, url, { transport: noNetwork });
const { handlers } = engine;
const spent: number[] = [];
const kept: number[] = [];
for (const [index, { call, show }] of (await localChanges(handlers, WARM_UP + count)).entries()) {
  const started = performance.now();
  const told = toldOfChanges();
  const made = await must(handlers['changes.make'](call));
  const keptAt = performance.now();
  if (!made.made) throw new Error(`${call.name} was refused: ${made.refusal.kind}`);
  await told;
  await show(handlers);
  if (index < WARM_UP) continue;
  spent.push(performance.now() - started);
  kept.push(keptAt - started);
}
const { changes } = await must(handlers['sync.status'](undefined));
if (changes.waiting !== WARM_UP + count) throw new Error(`${changes.waiting} changes wait`);
await engine.close();
answer({ shownP95: percentile(spent, 95), keptP95: percentile(kept, 95) });

function toldOfChanges(): Promise<void> {
  return new Promise((resolve) => {
    const stop = engine.on('changed', ({ topics }) => {
      if (!topics.includes('changes')) return;
      stop();
      resolve();
    });
  });
}
