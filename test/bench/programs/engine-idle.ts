import { setTimeout as sleep } from 'node:timers/promises';
import { nodeTransport } from '#core/service/node-transport.ts';
import { routes } from '#shared/protocol/routes.ts';
import { GARAGE } from '../lib/demo-garage.ts';
import { must, openEngine } from '../lib/engine.ts';
import { idleMsPerSecond } from '../lib/processor-time.ts';
import { answer, programInput } from '../lib/program.ts';

/** Signs in, syncs everything, waits until the stream of hints is open, and then does nothing for a while. */
const { url, folder, orders, seconds } = programInput<{
  url: string;
  folder: string;
  orders: number;
  seconds: number;
}>();
/** The log of the database has been folded in by then. */
const SETTLE_MS = 6000;
const node = nodeTransport();
let streams = 0;
const engine = openEngine(folder, url, {
  transport: async (request) => {
    const reply = await node.transport(request);
    if (request.url.endsWith(routes.pokes) && reply.status === 200) streams += 1;
    return reply;
  },
});
const { handlers } = engine;
await must(handlers['session.signIn'](GARAGE));
await must(handlers['sync.now'](undefined));
while (streams === 0) await sleep(50);
await sleep(SETTLE_MS);
const msPerSecond = await idleMsPerSecond(process.pid, seconds);
const { phase, counts } = await must(handlers['sync.status'](undefined));
if (phase !== 'idle' || counts.orders !== orders) throw new Error(`${phase} with ${counts.orders} orders`);
if (streams !== 1) throw new Error(`the stream was opened ${streams} times`);
await engine.close();
node.close();
answer({ msPerSecond });
