import { dirname, join } from 'node:path';
import { alternate } from '../lib/alternate.ts';
import { bundle } from '../lib/bundle.ts';
import { runProgram } from '../lib/program.ts';
import type { Suite } from '../lib/suite.ts';

export const delta: Suite = {
  name: 'delta',
  figures: [
    {
      id: '5',
      title: 'delta of 100 orders in a running program, against L1',
      unit: 'ms',
      subject: 'engine.deltaMs',
      floor: 'l1.deltaMs',
      goal: { kind: 'ratio', atMost: 1.5 },
      peers: [{ name: 'PowerSync', metric: 'powersync.deltaMs', atMost: 0.6 }],
    },
    {
      id: '5a',
      title: 'the first delta after a start, against L1',
      unit: 'ms',
      subject: 'engine.firstDeltaMs',
      floor: 'l1.firstDeltaMs',
      goal: { kind: 'ratio', atMost: 1.5 },
      peers: [{ name: 'PowerSync', metric: 'powersync.firstDeltaMs', atMost: 0.6 }],
    },
    {
      id: '5b',
      title: 'poll that brings nothing, against the bare request',
      unit: 'ms',
      subject: 'engine.emptyMs',
      floor: 'l1.emptyMs',
      goal: { kind: 'ratio', atMost: 1.5 },
    },
  ],
  measure: async (context) => {
    const url = await context.feedUrl();
    const floor = await context.floorFile();
    const engine = await context.engineFolder();
    const data = await context.data();
    const peers = context.withPeers ? await context.peers() : undefined;
    const [floorDelta, engineDelta] = [await bundle('floor-delta.ts'), await bundle('engine-delta.ts')];
    return alternate(
      {
        l1: async () => {
          const folder = context.copy(dirname(floor));
          const file = join(folder, 'floor.db');
          const metrics = await context.withDeltas(() => runProgram(floorDelta, { url, file }));
          context.drop(folder);
          return metrics;
        },
        engine: async () => {
          const folder = context.copy(engine);
          const metrics = await context.withDeltas(() => runProgram(engineDelta, { url, folder }));
          context.drop(folder);
          return metrics;
        },
        ...(peers && {
          powersync: async () => {
            const server = await context.startProgram('powersync-server.ts', { folder: data.folder });
            const folder = context.folder();
            const input = { peers, url: server.url, folder, text: false, facts: data.facts };
            const metrics = await runProgram('peer-powersync.ts', input);
            context.drop(folder);
            return metrics;
          },
        }),
      },
      context.runs,
      context.report,
    );
  },
};
