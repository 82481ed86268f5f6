import { writeFileSync } from 'node:fs';
import { generateDemo } from '#service/demo/generate.ts';
import type { Change } from '#shared/protocol/pull.ts';
import { deltaOf } from '../data/delta.ts';
import { factsOf } from '../data/facts.ts';
import { TODAY, deltaPath, factsPath, feedPath } from '../data/dataset.ts';
import { writeFeed } from '../data/feed-file.ts';
import { answer, programInput } from '../lib/program.ts';

/** Writes the feed of the garage as a first read gives it: what everything refers to, then the newest first. */
const { folder, orders } = programInput<{ folder: string; orders: number }>();
const garage = [...generateDemo({ seed: 'bench', today: TODAY, garageOrders: orders })].find(
  (account) => account.profile.kind === 'garage',
);
if (!garage) throw new Error('the demo has no garage');

const oldestFirst = [...garage.entities].map(({ type, id, value }, index): Change & { op: 'put' } => ({
  op: 'put',
  type,
  id,
  rev: index + 1,
  value,
}));
const dated = oldestFirst.filter(({ type }) => type === 'order' || type === 'invoice');
const undated = oldestFirst.filter(({ type }) => type !== 'order' && type !== 'invoice');
const changes = [...undated, ...dated.toReversed()];

writeFeed(feedPath(folder), changes);
writeFeed(deltaPath(folder), deltaOf(changes));
const facts = factsOf(garage.id, changes);
writeFileSync(factsPath(folder), JSON.stringify(facts));
answer({ orders: facts.orders, lines: facts.lines, feedBytes: facts.feedBytes });
