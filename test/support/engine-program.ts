import { createInterface } from 'node:readline';
import { createEngine } from '#core/engine.ts';
import { engineOptions, testHost } from '#test/support/engine.ts';

/* The engine in a process of its own. For each line on standard input it says, as a line of JSON, who is signed in and how the sync stands. */

const [folder = '', url = ''] = process.argv.slice(2);
const engine = createEngine(engineOptions(folder, url), testHost());

for await (const _line of createInterface({ input: process.stdin })) {
  const session = await engine.handlers['session.get'](undefined);
  const status = await engine.handlers['sync.status'](undefined);
  process.stdout.write(`${JSON.stringify({ session, status })}\n`);
}
await engine.close();
