import { join } from 'node:path';
import { alternate } from '../lib/alternate.ts';
import type { Measurement } from '../lib/alternate.ts';
import { bundle } from '../lib/bundle.ts';
import type { BenchContext } from '../lib/context.ts';
import { filesBelow } from '../lib/disk.ts';
import { canEvict, evict } from '../lib/evict.ts';
import { runProgram } from '../lib/program.ts';
import type { Suite } from '../lib/suite.ts';

export const open: Suite = {
  name: 'open',
  unavailable: () => (canEvict ? undefined : 'the file cache can be evicted and checked on Linux only'),
  figures: [
    {
      id: '10',
      title: 'cold open to 50 orders, whole process, against bare better-sqlite3',
      unit: 'ms',
      subject: 'engine.wallMs',
      floor: 'bare.wallMs',
      goal: { kind: 'ratio', atMost: 1.3 },
      peers: [
        { name: 'lowdb', metric: 'lowdb.wallMs', atMost: 0.35 },
        { name: 'PouchDB', metric: 'pouchdb.wallMs', atMost: 0.35 },
      ],
    },
  ],
  measure: async (context) => {
    const file = await context.floorFile();
    const folder = await context.engineFolder();
    const url = await context.feedUrl();
    const engineOpen = await bundle('engine-open.ts');
    const floorOpen = await bundle('floor-open.ts');
    return alternate(
      {
        bare: cold([file, `${file}-wal`], () => runProgram(floorOpen, { file })),
        engine: cold(filesBelow(folder), () => runProgram(engineOpen, { url, folder })),
        ...(context.withPeers ? await peers(context) : {}),
      },
      context.runs,
      context.report,
    );
  },
};

async function peers(context: BenchContext): Promise<Record<string, Measurement>> {
  const modules = await context.peers();
  const folder = context.folder();
  await runProgram('peer-documents-fill.ts', { peers: modules, url: await context.feedUrl(), folder });
  const low = join(folder, 'low.json');
  const pouch = join(folder, 'pouch');
  return {
    lowdb: cold([low], () => runProgram('peer-lowdb-open.ts', { peers: modules, path: low })),
    pouchdb: cold(filesBelow(pouch), () =>
      runProgram('peer-pouchdb-open.ts', { peers: modules, path: pouch }),
    ),
  };
}

function cold(files: readonly string[], measurement: Measurement): Measurement {
  return (run) => {
    evict(files);
    return measurement(run);
  };
}
