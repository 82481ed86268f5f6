import { join } from 'node:path';
import { alternate } from '../lib/alternate.ts';
import { bundle } from '../lib/bundle.ts';
import type { BenchContext } from '../lib/context.ts';
import { GARAGE } from '../lib/demo-garage.ts';
import { runProgram } from '../lib/program.ts';
import { startService } from '../lib/real-service.ts';
import type { Suite } from '../lib/suite.ts';
import { ORDERS } from '../options.ts';

/** Fifty of each kind. */
const MADE = 300;
const QUEUED = 1000;

export const changes: Suite = {
  name: 'changes',
  figures: [
    {
      id: '13',
      title: 'a change kept on the disk and shown again, p95 (beside it: a line appended and flushed)',
      unit: 'ms',
      subject: 'accept.shownP95',
      floor: 'append.p95',
      goal: { kind: 'value', atMost: 20 },
    },
    {
      id: '14',
      title: '1,000 changes pushed until confirmed, against the service taking them without HTTP',
      unit: 'ms',
      subject: 'push.ms',
      floor: 'service.ms',
      goal: { kind: 'ratio', atMost: 3 },
    },
  ],
  measure: async (context) => {
    const url = await context.feedUrl();
    const synced = await context.engineFolder();
    const queue = await queued(context);
    const enginePush = await bundle('engine-push.ts');
    return alternate(
      {
        append: async () => {
          const folder = context.folder();
          const metrics = await runProgram('floor-append.ts', { folder, count: MADE });
          context.drop(folder);
          return metrics;
        },
        accept: async () => {
          const folder = context.copy(synced);
          const metrics = await runProgram('engine-accept.ts', { url, folder, count: MADE });
          context.drop(folder);
          return metrics;
        },
        service: async () => {
          const dataDir = context.copy(queue.data);
          const { batch } = queue;
          const metrics = await runProgram('floor-push.ts', { dataDir, batch, email: GARAGE.email });
          context.drop(dataDir);
          return metrics;
        },
        push: async () => {
          const data = context.copy(queue.data);
          const folder = context.copy(queue.folder);
          const service = await startService(context, ORDERS[context.size], data);
          const metrics = await runProgram(enginePush, { url: service.url, folder, count: QUEUED });
          await context.servers.end(service);
          context.drop(data);
          context.drop(folder);
          return metrics;
        },
      },
      context.runs,
      context.report,
    );
  },
};

/** A service's data, a folder whose changes it has not got yet, and those changes: each measurement works on copies. */
async function queued(context: BenchContext): Promise<{ data: string; folder: string; batch: string }> {
  const data = context.folder();
  const folder = context.folder();
  const batch = join(context.folder(), 'batch.json');
  const service = await startService(context, ORDERS[context.size], data);
  await runProgram('queue-changes.ts', { url: service.url, folder, count: QUEUED, batch });
  await context.servers.end(service);
  return { data, folder, batch };
}
