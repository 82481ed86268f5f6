import { must, openEngine } from '../lib/engine.ts';
import { answer, programInput } from '../lib/program.ts';
import { median } from '../lib/stats.ts';

/** Opens a synced folder: the delta of 100 orders, then polls that bring nothing. */
const { url, folder } = programInput<{ url: string; folder: string }>();
await turnDelta('0');
const engine = await openEngine(folder, url);
const poll = async (): Promise<number> => {
  const started = performance.now();
  const status = await must(engine.handlers['sync.now'](undefined));
  if (status.problem) throw new Error(`the poll ended with ${status.problem.kind}`);
  return performance.now() - started;
};
await poll(); // the session is renewed, the connection open and the statements compiled

let changed = 0;
engine.on('changed', () => (changed += 1));
await turnDelta('1');
const deltaMs = await poll();
if (changed === 0) throw new Error('the delta changed nothing');
const empty: number[] = [];
for (let i = 0; i < 20; i += 1) empty.push(await poll());
await engine.close();
answer({ deltaMs, emptyMs: median(empty) });

async function turnDelta(on: '0' | '1'): Promise<void> {
  await fetch(`${url}/bench/delta?on=${on}`, { method: 'POST' });
}
