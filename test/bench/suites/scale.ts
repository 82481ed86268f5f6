import { alternate } from '../lib/alternate.ts';
import type { Measurement } from '../lib/alternate.ts';
import { bundle } from '../lib/bundle.ts';
import type { BenchContext } from '../lib/context.ts';
import { filesBelow } from '../lib/disk.ts';
import { canEvict, evict } from '../lib/evict.ts';
import type { Figure, Metric } from '../lib/figure.ts';
import { runProgram } from '../lib/program.ts';
import type { Suite } from '../lib/suite.ts';
import type { Size } from '../options.ts';

const figure = (id: string, what: string, metric: Metric, atMost: number): Figure => ({
  id,
  title: `${what}: ten times the orders, against 10k`,
  unit: 'ms',
  subject: `large-${metric}`,
  floor: `small-${metric}`,
  goal: { kind: 'ratio', atMost },
});

export const scale: Suite = {
  name: 'scale',
  unavailable: () => (canEvict ? undefined : 'the file cache can be evicted and checked on Linux only'),
  figures: [
    figure('12a', 'first sync', 'sync.indexedMs', 12),
    figure('12b', 'delta of 100 orders', 'delta.deltaMs', 1.3),
    figure('12c', 'substring search, p95', 'queries.searchP95', 2),
    figure('12d', 'cold open', 'open.wallMs', 1.2),
  ],
  measure: async (context) => {
    const engineOpen = await bundle('engine-open.ts');
    return alternate(
      {
        ...(await at(context, '10k', 'small', engineOpen)),
        ...(await at(context, '100k', 'large', engineOpen)),
      },
      context.runs,
      context.report,
    );
  },
};

async function at(
  context: BenchContext,
  size: Size,
  name: string,
  engineOpen: string,
): Promise<Record<string, Measurement>> {
  const url = await context.feedUrl(size);
  const { facts } = await context.data(size);
  const synced = await context.engineFolder(size);
  const run = (program: string, folder: string) => runProgram(program, { url, folder, facts });
  return {
    [`${name}-sync`]: async () => {
      const folder = context.folder();
      const metrics = await run('engine-sync.ts', folder);
      context.drop(folder);
      return metrics;
    },
    [`${name}-delta`]: async () => {
      const folder = context.copy(synced);
      const metrics = await context.withDeltas(() => run('engine-delta.ts', folder), size);
      context.drop(folder);
      return metrics;
    },
    [`${name}-queries`]: () => run('engine-queries.ts', synced),
    [`${name}-open`]: () => {
      evict(filesBelow(synced));
      return runProgram(engineOpen, { url, folder: synced });
    },
  };
}
