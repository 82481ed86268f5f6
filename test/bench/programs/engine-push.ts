import { nodeTransport } from '#core/service/node-transport.ts';
import { must, noNetwork, openEngine } from '../lib/engine.ts';
import { answer, programInput } from '../lib/program.ts';

/**
 * Opens a folder in which changes wait and tries to sync without a network, as the app has all the while. Then the network comes back: from
 * the next try until the service's feed has confirmed the last change.
 */
const { url, folder, count } = programInput<{ url: string; folder: string; count: number }>();
const node = nodeTransport();
let online = false;
const engine = openEngine(folder, url, {
  transport: (request) => (online ? node.transport(request) : noNetwork(request)),
});
const { handlers } = engine;
const before = await must(handlers['sync.now'](undefined));
if (before.phase !== 'offline' || before.changes.waiting !== count)
  throw new Error(`${before.changes.waiting} changes wait, ${before.phase}`);
online = true;
const started = performance.now();
const { changes, problem } = await must(handlers['sync.now'](undefined));
const ms = performance.now() - started;
if (problem) throw new Error(`the sync ended with ${problem.kind}`);
if (changes.waiting > 0 || changes.refused > 0)
  throw new Error(`${changes.waiting} wait, ${changes.refused} were refused`);
await engine.close();
node.close();
answer({ ms });
