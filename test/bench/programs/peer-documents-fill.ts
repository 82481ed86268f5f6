import { join } from 'node:path';
import type { Order } from '#shared/domain/order.ts';
import { hangUp, pages } from '../floors/pages.ts';
import { answer, programInput } from '../lib/program.ts';
import { peerModule } from '../peers/modules.ts';

/** Fills PouchDB (LevelDB) and lowdb (one JSON file) with the orders of the feed, for the cold opens that follow. */
const { peers, url, folder } = programInput<{ peers: string; url: string; folder: string }>();
const { default: PouchDB } = await peerModule(peers, 'pouchdb');
const { JSONFilePreset } = await peerModule(peers, 'lowdb/node');

const pouch = new PouchDB(join(folder, 'pouch'));
const low = await JSONFilePreset(join(folder, 'low.json'), { orders: [] });
for await (const page of pages(url)) {
  const orders = page.changes.filter((change) => change.type === 'order');
  // Ids that sort by time: the newest fifty are then the cheapest question PouchDB can be asked.
  const documents = orders.map(({ id, value }) => ({
    ...(value as Order),
    _id: `${(value as Order).placedAt} ${id}`,
  }));
  if (documents.length > 0) await pouch.bulkDocs(documents);
  low.data.orders.push(...orders.map(({ id, value }) => ({ ...(value as Order), id })));
}
await low.write();
await pouch.close();
hangUp();
answer({ orders: low.data.orders.length });
