import { diskReadsKb } from '../lib/disk.ts';
import { answer, programInput } from '../lib/program.ts';
import { peerModule } from '../peers/modules.ts';

const { peers, path } = programInput<{ peers: string; path: string }>();
const { JSONFilePreset } = await peerModule(peers, 'lowdb/node');
const db = await JSONFilePreset(path, { orders: [] });
const newestFirst = db.data.orders.toSorted((a: { placedAt: string }, b: { placedAt: string }) =>
  a.placedAt < b.placedAt ? 1 : -1,
);
answer({ rows: newestFirst.slice(0, 50).length, readKb: diskReadsKb() });
