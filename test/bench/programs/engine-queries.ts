import type { OrderStatus } from '#shared/domain/order-status.ts';
import type { DatasetFacts } from '../data/dataset.ts';
import { must, openEngine } from '../lib/engine.ts';
import { answer, programInput } from '../lib/program.ts';
import { p95, times } from '../lib/repeat.ts';
import { median } from '../lib/stats.ts';

/** Lists, search and sums of a synced folder, as the window asks for them. */
const { url, folder, facts } = programInput<{ url: string; folder: string; facts: DatasetFacts }>();
const engine = openEngine(folder, url);
const { handlers } = engine;
await must(handlers['sync.now'](undefined));

const listP95 = await p95(facts.lists, ({ vehicle, status }) =>
  must(
    handlers['orders.page']({ filter: { vehicle, statuses: [status as OrderStatus] }, offset: 0, limit: 50 }),
  ),
);
let unanswered = 0;
const searchP95 = await p95(facts.searches, async (text) => {
  const { orders, parts, vehicles } = await must(handlers['search.query']({ text, limit: 20 }));
  if (orders.hits.length + parts.hits.length + vehicles.hits.length === 0) unanswered += 1;
});
const ordersP95 = await p95(facts.searches, (text) =>
  must(handlers['orders.page']({ filter: { text }, offset: 0, limit: 20 })),
);
/** Parts typed key by key into a basket, every second one into that of a vehicle. */
const typed = facts.searches.flatMap((text, index) =>
  Array.from(text, (_, end) => ({
    text: text.slice(0, end + 1),
    ...(index % 2 === 1 && { vehicle: facts.lists[index]?.vehicle }),
    limit: 10,
  })),
);
const suggestP95 = await p95(typed, (input) => must(handlers['baskets.suggest'](input)));
if (unanswered > 0) throw new Error(`${unanswered} searches found nothing`);
const sumsMs = median(await times(Array.from({ length: 20 }), () => must(handlers['home.get'](undefined))));
const summaryMs = median(
  await times(facts.lists, ({ vehicle }) => must(handlers['orders.summary']({ vehicle }))),
);
await engine.close();
answer({ listP95, searchP95, ordersP95, suggestP95, sumsMs, summaryMs });
