import { alternate } from '../lib/alternate.ts';
import { runProgram } from '../lib/program.ts';
import type { Suite } from '../lib/suite.ts';

export const queries: Suite = {
  name: 'queries',
  figures: [
    {
      id: '6',
      title: 'newest 50 by vehicle and status, p95, against the bare query',
      unit: 'ms',
      subject: 'engine.listP95',
      floor: 'bare.listP95',
      goal: { kind: 'ratio', atMost: 1.5 },
      peers: [{ name: 'PowerSync', metric: 'powersync.listP95', atMost: 0.2 }],
    },
    {
      id: '7',
      title: 'newest 20 orders that hold a text, p95, against the bare trigram query',
      unit: 'ms',
      subject: 'engine.ordersP95',
      floor: 'bare.searchP95',
      goal: { kind: 'ratio', atMost: 1.3 },
      peers: [
        { name: 'PGlite', metric: 'pglite.searchP95', atMost: 0.3 },
        { name: 'LIKE over every line', metric: 'bare.likeP95', atMost: 0.02 },
      ],
    },
    {
      id: '7b',
      title: 'all that search shows (orders, parts, vehicles, invoices), p95, against the same bare query',
      unit: 'ms',
      subject: 'engine.searchP95',
      floor: 'bare.searchP95',
      goal: { kind: 'ratio', atMost: 1.3 },
    },
    {
      id: '7c',
      title: 'parts suggested while one is typed key by key, p95 (beside it: the same bare query)',
      unit: 'ms',
      subject: 'engine.suggestP95',
      floor: 'bare.searchP95',
      goal: { kind: 'value', atMost: 5 },
    },
    {
      id: '9',
      title: 'sums by vehicle and month, against the bare GROUP BY',
      unit: 'ms',
      subject: 'engine.sumsMs',
      floor: 'bare.sumsMs',
      goal: { kind: 'ratio', atMost: 1.2 },
    },
  ],
  measure: async (context) => {
    const data = await context.data();
    const { facts } = data;
    const url = await context.feedUrl();
    const file = await context.floorFile();
    const folder = await context.engineFolder();
    const peers = context.withPeers ? await context.peers() : undefined;
    return alternate(
      {
        bare: () => runProgram('floor-queries.ts', { file, facts }),
        engine: () => runProgram('engine-queries.ts', { url, folder, facts }),
        ...(peers && {
          powersync: async () => {
            const server = await context.startProgram('powersync-server.ts', { folder: data.folder });
            const input = { peers, url: server.url, folder: context.folder(), text: false, facts };
            return runProgram('peer-powersync.ts', input);
          },
          pglite: () => runProgram('peer-pglite.ts', { peers, url, folder: `${context.folder()}/pg`, facts }),
        }),
      },
      context.runs,
      context.report,
    );
  },
};
