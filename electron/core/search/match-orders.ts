import type { Connection } from '../db/connection.ts';
import { unpack } from '../db/packed.ts';
import type { SearchIndex } from './search-index.ts';
import { walk } from './walk.ts';

/** Numbers that so many orders share are no help in finding few. */
const MANY = 3000;
/** Only to guess how many orders some parts are in. */
const LINES_PER_ORDER = 6;
/** About the microseconds that it takes to list an order by one of its parts, and to read one and check its words. */
const LIST_COST = 0.5;
const READ_COST = 2.5;
const BATCH = 200;

/** One word of a query, with the parts and vehicles it occurs in. An order matches when its number, a vehicle or a part of it does. */
interface Word {
  word: string;
  parts: ReadonlySet<number>;
  vehicles: ReadonlySet<number>;
  /** About how many orders it is in. */
  size: number;
  numbered: readonly number[];
}

interface Candidate {
  pk: number;
  vehicle: number;
  text: string;
  vehicles: Uint8Array | null;
  parts: Uint8Array;
}

const CANDIDATE = 'SELECT pk, vehicle, text, vehicles, parts FROM orders';
const NEWEST = `${CANDIDATE} WHERE pk > ? ORDER BY pk LIMIT ?`;

/** The newest orders in which every word occurs, at most `limit`; their keys in the order of the list. */
export function newestMatchingOrders(index: SearchIndex, texts: readonly string[], limit: number): number[] {
  if (texts.length === 0) return [];
  const { recent } = index;
  const newest = amongRecent(index, texts, limit);
  return newest.length >= limit || recent.all ? newest : search(index, texts, limit);
}

/** Common words are met at once among the newest orders, whose texts are at hand. */
function amongRecent(index: SearchIndex, texts: readonly string[], limit: number): number[] {
  const words = texts.map((word) => ({ word, vehicles: index.vehicles(word) }));
  const found: number[] = [];
  for (const order of index.recent.orders) {
    const matching = words.every(
      ({ word, vehicles }) =>
        order.text.includes(word) ||
        order.vehicles.some((vehicle) => vehicles.has(vehicle)) ||
        order.parts.some((part) => part.text.includes(word)),
    );
    if (matching && found.push(order.pk) >= limit) break;
  }
  return found;
}

function search(index: SearchIndex, texts: readonly string[], limit: number): number[] {
  const words = texts.map((text) => resolve(index, text));
  const [rarest, ...others] = [...words].sort((a, b) => a.size - b.size);
  if (!rarest || rarest.size === 0) return [];
  if (!index.sizes.built) return readNewest(index.db, words, limit, Infinity) ?? [];
  // Of words that are in many orders the newest orders are sure to hold some; few orders are sooner listed.
  const { orders } = index.sizes;
  const share = words.reduce((product, { size }) => product * Math.min(1, size / orders), 1);
  const toRead = limit / share;
  if (toRead * READ_COST < rarest.size * LIST_COST) {
    const found = readNewest(index.db, words, limit, toRead * 4);
    if (found) return found;
  }
  return check(index.db, ordersOf(index, rarest), others, limit);
}

/** All orders in which every word occurs; their keys in the order of the list. */
export function allMatchingOrders(index: SearchIndex, texts: readonly string[]): number[] {
  const words = texts.map((text) => resolve(index, text));
  if (!index.sizes.built) return readNewest(index.db, words, Infinity, Infinity) ?? [];
  const perWord = words.map((word) => new Set(ordersOf(index, word)));
  const [first, ...others] = perWord.sort((a, b) => a.size - b.size);
  return [...(first ?? [])].filter((key) => others.every((set) => set.has(key)));
}

function resolve(index: SearchIndex, word: string): Word {
  const [parts, vehicles] = [index.parts(word), index.vehicles(word)];
  const { orders, ...sizes } = index.sizes;
  const linked =
    (parts.size * LINES_PER_ORDER * orders) / Math.max(1, sizes.parts) +
    (vehicles.size * orders) / Math.max(1, sizes.vehicles);
  const numbered = index.keys('order_text', word, MANY);
  const size = numbered.length === MANY ? orders : linked + numbered.length;
  return { word, parts, vehicles, size, numbered };
}

/** The keys of the orders with a word, ascending. */
function ordersOf(index: SearchIndex, { word, parts, vehicles, numbered }: Word): number[] {
  const found = new Set(numbered.length < MANY ? numbered : index.keys('order_text', word));
  const add = (sql: string, keys: ReadonlySet<number>): void => {
    if (keys.size === 0) return;
    for (const key of index.db.column<number>(sql, JSON.stringify([...keys]))) found.add(key);
  };
  add('SELECT l.ord FROM json_each(?) j CROSS JOIN order_part l ON l.part = j.value', parts);
  add('SELECT l.ord FROM json_each(?) j CROSS JOIN order_vehicle l ON l.vehicle = j.value', vehicles);
  return Array.from(Float64Array.from(found).sort());
}

function check(db: Connection, keys: readonly number[], words: readonly Word[], limit: number): number[] {
  if (words.length === 0) return keys.slice(0, limit);
  const found: number[] = [];
  for (let at = 0; at < keys.length && found.length < limit; at += BATCH) {
    const rows = db.all<Candidate>(
      `${CANDIDATE} WHERE pk IN (SELECT value FROM json_each(?)) ORDER BY pk`,
      JSON.stringify(keys.slice(at, at + BATCH)),
    );
    for (const row of rows) if (matches(row, words)) found.push(row.pk);
  }
  return found.slice(0, limit);
}

/** Undefined when so many orders did not bring enough: the guess was wrong. */
function readNewest(
  db: Connection,
  words: readonly Word[],
  limit: number,
  most: number,
): number[] | undefined {
  const found: number[] = [];
  const enough = walk<Candidate>(db, NEWEST, most, (row) => {
    if (matches(row, words)) found.push(row.pk);
    return found.length >= limit;
  });
  return enough ? found : undefined;
}

function matches(row: Candidate, words: readonly Word[]): boolean {
  const parts = unpack(row.parts);
  const vehicles = row.vehicles ? [row.vehicle, ...unpack(row.vehicles)] : [row.vehicle];
  return words.every(
    (word) =>
      row.text.includes(word.word) ||
      vehicles.some((vehicle) => word.vehicles.has(vehicle)) ||
      parts.some((part) => word.parts.has(part)),
  );
}
