import { foldCompact } from '#shared/domain/fold.ts';
import type { Order } from '#shared/domain/order.ts';
import type { PartSuggestion } from '#shared/ipc/baskets.ts';
import { readOne } from '../db/base.ts';
import { statusCodes } from '../db/codes.ts';
import type { Connection } from '../db/connection.ts';
import { idText } from '../db/ids.ts';
import type { PartName } from '../db/parts.ts';
import { searchWords } from '../db/texts.ts';
import type { VehicleTags } from '../queries/vehicle-tags.ts';
import type { BoughtParts, PartText, Ranked } from './bought-parts.ts';
import { byUse } from './bought-parts.ts';
import { isIndexed } from './search-index.ts';
import type { SearchIndex } from './search-index.ts';
import type { VehicleParts } from './vehicle-parts.ts';
import { textsOf } from './vehicle-parts.ts';

/** Up to so many candidates are read to see whether the other words are in them; of more, each word's own list is shorter work. */
const FEW = 500;
/** One part may have had several names: this many more are looked at than are shown. */
const SPARE = 2;
/** How many orders of a part are looked at for one whose line has its price. */
const MOST_ORDERS = 5;
/** So many of the parts bought most often are looked at for words too short for the index, in such steps; then reading all texts is quicker. */
const MOST_WALKED = 450;
const WALKED = 150;
const CANCELLED = statusCodes.code('cancelled');

interface Reading {
  bought: BoughtParts;
  ofVehicle: VehicleParts;
  tags: VehicleTags;
}

interface Candidate extends Ranked {
  exact: boolean;
  forVehicle: boolean;
}

interface Named extends Candidate {
  name: PartName;
  /** Brand and reference, folded: what makes two of them one part. */
  identity: string;
}

/**
 * Parts bought before in which every word occurs: first the one whose whole reference was typed, then those bought for the vehicle, then by
 * how often and how lately.
 */
export function suggestParts(
  index: SearchIndex,
  wanted: { text: string; vehicle: string | undefined; limit: number },
  read: Reading,
): PartSuggestion[] {
  const { db } = index;
  const bought = read.bought.all();
  const { vehicle } = wanted;
  const ofVehicle = vehicle === undefined ? undefined : read.ofVehicle.of(vehicle);
  const words = searchWords(wanted.text);
  const most = wanted.limit * (1 + SPARE);
  const exact = exactReferences(index, foldCompact(wanted.text), read.bought);
  const candidates: Candidate[] = [];
  for (const part of new Set([...exact, ...bestMatching(index, { words, vehicle, most }, read)])) {
    const use = bought.get(part);
    if (!use || use.times < 1) continue;
    candidates.push({
      part,
      times: use.times,
      newest: use.newest,
      exact: exact.has(part),
      forVehicle: ofVehicle?.has(part) === true,
    });
  }
  const best = candidates.sort(byRank).slice(0, most);
  const suggested: PartSuggestion[] = [];
  for (const candidate of oneOfEach(named(db, best)).sort(byRank)) {
    // Each reads an order: no more of them than are shown.
    const one = suggestion(db, candidate, wanted.vehicle, read.tags);
    if (one && suggested.push(one) >= wanted.limit) break;
  }
  return suggested;
}

function byRank(a: Candidate, b: Candidate): number {
  return Number(b.exact) - Number(a.exact) || Number(b.forVehicle) - Number(a.forVehicle) || byUse(a, b);
}

/** The reference is the first field of a part's text and ends where the next begins. */
function exactReferences(index: SearchIndex, typed: string, bought: BoughtParts): ReadonlySet<number> {
  if (typed === '') return new Set();
  const field = `${typed}\n`;
  const found =
    typed.length === 1 ? bought.withOneCharacter() : textsOf(index.db, index.keys('part_text', field));
  return new Set(found.filter(({ text }) => text.startsWith(field)).map(({ pk }) => pk));
}

/**
 * Parts with all words, the best of them in any case: those for the vehicle, and at least `most` of the others. Letters that are in a good
 * part of all parts are looked for in those that are bought most often, and need no look at the rest.
 */
function bestMatching(
  index: SearchIndex,
  { words, vehicle, most }: { words: readonly string[]; vehicle: string | undefined; most: number },
  { bought, ofVehicle }: Reading,
): Iterable<number> {
  if (words.length === 0) {
    return vehicle === undefined
      ? bought
          .ranked()
          .slice(0, most)
          .map(({ part }) => part)
      : ofVehicle.of(vehicle);
  }
  if (words.some(isIndexed)) return matching(index, words);
  const holdsAll = ({ text }: PartText): boolean => words.every((word) => text.includes(word));
  const found = (vehicle === undefined ? [] : ofVehicle.texts(vehicle)).filter(holdsAll).map(({ pk }) => pk);
  const ranked = bought.ranked();
  let others = 0;
  for (let from = 0; from < Math.min(ranked.length, MOST_WALKED); from += WALKED) {
    const some = ranked.slice(from, from + WALKED).map(({ part }) => part);
    const holding = textsOf(index.db, some).filter(holdsAll);
    found.push(...holding.map(({ pk }) => pk));
    others += holding.length;
    if (others >= most) return found;
  }
  return ranked.length <= MOST_WALKED ? found : matching(index, words);
}

/** The parts with all words; the longest word, which is in the fewest, first. */
function matching(index: SearchIndex, words: readonly string[]): number[] {
  const [longest = '', ...others] = [...words].sort((a, b) => b.length - a.length);
  const found = index.keys('part_text', longest);
  if (others.length === 0) return found;
  if (found.length <= FEW) {
    return textsOf(index.db, found)
      .filter(({ text }) => others.every((word) => text.includes(word)))
      .map(({ pk }) => pk);
  }
  const sets = others.map((word) => index.parts(word));
  return found.filter((part) => sets.every((set) => set.has(part)));
}

function named(db: Connection, candidates: readonly Candidate[]): Named[] {
  const rows = db.all<PartName & { pk: number }>(
    'SELECT p.pk, p.reference, p.brand, p.name FROM json_each(?) j CROSS JOIN parts p ON p.pk = j.value',
    JSON.stringify(candidates.map(({ part }) => part)),
  );
  const names = new Map(rows.map((row) => [row.pk, row]));
  return candidates.flatMap((candidate) => {
    const name = names.get(candidate.part);
    return name
      ? [{ ...candidate, name, identity: `${foldCompact(name.brand)}\n${foldCompact(name.reference)}` }]
      : [];
  });
}

/** A part under the name that it was last bought under, with all its purchases. */
function oneOfEach(candidates: readonly Named[]): Named[] {
  const parts = new Map<string, Named>();
  for (const candidate of candidates) {
    const known = parts.get(candidate.identity);
    if (!known) {
      parts.set(candidate.identity, candidate);
      continue;
    }
    const latest = candidate.newest < known.newest ? candidate : known;
    parts.set(candidate.identity, {
      ...latest,
      times: known.times + candidate.times,
      exact: known.exact || candidate.exact,
      forVehicle: known.forVehicle || candidate.forVehicle,
    });
  }
  return [...parts.values()];
}

/** With the price per unit before discounts, which were of that day; undefined when no order that holds it was kept. */
function suggestion(
  db: Connection,
  candidate: Named,
  vehicle: string | undefined,
  tags: VehicleTags,
): PartSuggestion | undefined {
  for (const order of lastOrders(db, candidate)) {
    const line = order.lines.find((one) => isSame(one, candidate.name));
    if (!line) continue;
    const bought = candidate.forVehicle ? vehicle : (line.vehicleId ?? order.vehicleId);
    const tag = bought === undefined ? undefined : tags.byId(bought);
    const { reference, brand, name } = candidate.name;
    return {
      part: { reference, brand, name },
      price: {
        exclVat: line.unitPriceExclVat,
        vatRate: line.vatRate,
        currency: order.currency,
        at: order.placedAt,
      },
      lastBoughtOn: order.placedOn,
      timesBought: candidate.times,
      ...(tag && { vehicle: tag }),
    };
  }
  return undefined;
}

const isSame = (a: PartName, b: PartName): boolean =>
  a.reference === b.reference && a.brand === b.brand && a.name === b.name;

/** The newest orders with a part that were not cancelled. Before the links are there, the one that counting met. */
function* lastOrders(db: Connection, { part, newest }: Named): Generator<Order, void, undefined> {
  const linked = db.all<{ id: Uint8Array }>(
    `SELECT o.id FROM order_part l CROSS JOIN orders o ON o.pk = l.ord WHERE l.part = ? AND o.status <> ${CANCELLED} ORDER BY l.ord LIMIT ?`,
    part,
    MOST_ORDERS,
  );
  const orders =
    linked.length > 0 ? linked : db.all<{ id: Uint8Array }>('SELECT id FROM orders WHERE pk = ?', newest);
  for (const { id } of orders) {
    const order = readOne(db, 'order', idText(id));
    if (order) yield order.value;
  }
}
