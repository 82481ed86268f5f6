import { join } from 'node:path';
import { alternate } from '../lib/alternate.ts';
import type { Measurement } from '../lib/alternate.ts';
import { bundle } from '../lib/bundle.ts';
import type { BenchContext } from '../lib/context.ts';
import { runProgram } from '../lib/program.ts';
import type { Suite } from '../lib/suite.ts';

export const sync: Suite = {
  name: 'sync',
  figures: [
    {
      id: '1',
      title: 'first sync until lists are usable, against L0',
      unit: 'ms',
      subject: 'engine.listsMs',
      floor: 'l0.ms',
      goal: { kind: 'ratio', atMost: 1.35 },
      peers: [{ name: 'PowerSync', metric: 'powersync.syncMs', atMost: 0.65 }],
    },
    {
      id: '2',
      title: 'first sync with substring search complete, against L1',
      unit: 'ms',
      subject: 'engine.indexedMs',
      floor: 'l1.ms',
      goal: { kind: 'ratio', atMost: 1 },
      peers: [
        { name: 'PowerSync with FTS', metric: 'powersync-fts.syncMs', atMost: 0.4 },
        { name: 'PGlite', metric: 'pglite.indexedMs', atMost: 0.4 },
      ],
    },
    {
      id: '3',
      title: 'newest 50 orders readable, against the whole sync',
      unit: 'ms',
      subject: 'engine.firstRowsMs',
      floor: 'engine.indexedMs',
      goal: { kind: 'ratio', atMost: 0.12 },
    },
    {
      id: '16',
      title: 'size of the database, against L1',
      unit: 'MB',
      subject: 'engine.mb',
      floor: 'l1.mb',
      goal: { kind: 'ratio', atMost: 1.2 },
    },
    {
      id: '0',
      title: 'told: only fetching and parsing the feed, against L0',
      unit: 'ms',
      subject: 'fetch.ms',
      floor: 'l0.ms',
    },
  ],
  measure: async (context) => {
    const url = await context.feedUrl();
    const { facts } = await context.data();
    const [floorFetch, floorSync] = [await bundle('floor-fetch.ts'), await bundle('floor-sync.ts')];
    const engineSync = await bundle('engine-sync.ts');
    const inFolder = (run: (folder: string) => ReturnType<Measurement>): Measurement => {
      return async () => {
        const folder = context.folder();
        const metrics = await run(folder);
        context.drop(folder);
        return metrics;
      };
    };
    return alternate(
      {
        fetch: () => runProgram(floorFetch, { url }),
        l0: inFolder((folder) => runProgram(floorSync, { url, file: join(folder, 'floor.db'), text: false })),
        engine: inFolder((folder) => runProgram(engineSync, { url, folder, facts })),
        l1: inFolder((folder) => runProgram(floorSync, { url, file: join(folder, 'floor.db'), text: true })),
        ...(context.withPeers ? await peers(context, inFolder) : {}),
      },
      context.runs,
      context.report,
    );
  },
};

async function peers(
  context: BenchContext,
  inFolder: (run: (folder: string) => ReturnType<Measurement>) => Measurement,
): Promise<Record<string, Measurement>> {
  const data = await context.data();
  const { facts } = data;
  const modules = await context.peers();
  const feed = await context.feedUrl();
  const { url } = await context.startProgram('powersync-server.ts', { folder: data.folder });
  return {
    powersync: inFolder((folder) =>
      runProgram('peer-powersync.ts', { peers: modules, url, folder, text: false, facts }),
    ),
    'powersync-fts': inFolder((folder) =>
      runProgram('peer-powersync.ts', { peers: modules, url, folder, text: true, facts }),
    ),
    pglite: inFolder((folder) =>
      runProgram('peer-pglite.ts', { peers: modules, url: feed, folder: join(folder, 'pg'), facts }),
    ),
  };
}
