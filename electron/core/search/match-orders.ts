import type { Connection } from '../db/connection.ts';
import { unpack } from '../db/packed.ts';
import { WordIndex } from './words.ts';

/** Fewer candidates than this are listed and checked; with more, hits are so common that reading the newest orders finds them sooner. */
const FEW = 3000;
/** When so many orders did not bring enough hits, they were not common after all. */
const LONGEST_WALK = 5000;
const BATCH = 200;
/** Only to guess how many orders some parts are in. */
const LINES_PER_ORDER = 6;

/** One word of a query, with the parts and vehicles it occurs in. An order matches when its number, a vehicle or a part of it does. */
interface Word {
  word: string;
  parts: Set<number>;
  vehicles: Set<number>;
}

interface Candidate {
  pk: number;
  vehicle: number;
  text: string;
  vehicles: Uint8Array | null;
  parts: Uint8Array;
}

const CANDIDATE = 'SELECT pk, vehicle, text, vehicles, parts FROM orders';

/** The newest orders in which every word occurs, at most `limit`; their keys in the order of the list. */
export function newestMatchingOrders(db: Connection, words: readonly string[], limit: number): number[] {
  if (words.length === 0) return [];
  const index = new WordIndex(db);
  const resolved = words.map((word) => resolve(index, word));
  if (!index.built) return walk(db, resolved, limit, Infinity) ?? [];
  const rarest = rarestCandidates(db, index, resolved);
  if (rarest) return checkListed(db, rarest.candidates, without(resolved, rarest.word), limit);
  return walk(db, resolved, limit, LONGEST_WALK) ?? allMatchingOrders(db, words).slice(0, limit);
}

/** All orders in which every word occurs; their keys in the order of the list. */
export function allMatchingOrders(db: Connection, words: readonly string[]): number[] {
  const index = new WordIndex(db);
  if (!index.built)
    return (
      walk(
        db,
        words.map((word) => resolve(index, word)),
        Infinity,
        Infinity,
      ) ?? []
    );
  const perWord = words.map((word) => ordersOf(db, resolve(index, word), index.keys('order_text', word)));
  const [first, ...others] = perWord.sort((a, b) => a.size - b.size);
  return [...(first ?? [])].filter((key) => others.every((set) => set.has(key))).sort((a, b) => a - b);
}

function resolve(index: WordIndex, word: string): Word {
  return { word, parts: new Set(index.keys('part_text', word)), vehicles: new Set(index.vehicles(word)) };
}

function rarestCandidates(
  db: Connection,
  index: WordIndex,
  words: readonly Word[],
): { word: Word; candidates: number[] } | undefined {
  const orders = db.value<number>('SELECT sum(count) FROM order_day') ?? 0;
  const perPart =
    (LINES_PER_ORDER * orders) / Math.max(1, db.value<number>('SELECT max(pk) FROM parts') ?? 1);
  const perVehicle = orders / Math.max(1, db.value<number>('SELECT max(pk) FROM vehicles') ?? 1);
  let rarest: { word: Word; numbered: number[]; size: number } | undefined;
  for (const word of words) {
    const linked = word.parts.size * perPart + word.vehicles.size * perVehicle;
    if (linked > FEW || linked >= (rarest?.size ?? Infinity)) continue;
    const numbered = index.keys('order_text', word.word, FEW + 1);
    const size = linked + numbered.length;
    if (size <= FEW && size < (rarest?.size ?? Infinity)) rarest = { word, numbered, size };
  }
  if (!rarest) return undefined;
  return {
    word: rarest.word,
    candidates: [...ordersOf(db, rarest.word, rarest.numbered)].sort((a, b) => a - b),
  };
}

function ordersOf(db: Connection, word: Word, numbered: readonly number[]): Set<number> {
  const found = new Set(numbered);
  const add = (
    table: 'order_part' | 'order_vehicle',
    column: 'part' | 'vehicle',
    keys: Set<number>,
  ): void => {
    if (keys.size === 0) return;
    const orders = db.column<number>(
      `SELECT l.ord FROM json_each(?) j CROSS JOIN ${table} l ON l.${column} = j.value`,
      JSON.stringify([...keys]),
    );
    for (const key of orders) found.add(key);
  };
  add('order_part', 'part', word.parts);
  add('order_vehicle', 'vehicle', word.vehicles);
  return found;
}

function checkListed(
  db: Connection,
  keys: readonly number[],
  words: readonly Word[],
  limit: number,
): number[] {
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

/** Reads the newest first; undefined when so many orders did not bring enough. */
function walk(db: Connection, words: readonly Word[], limit: number, longest: number): number[] | undefined {
  const found: number[] = [];
  let after = -1;
  for (let walked = 0; walked < longest; walked += BATCH) {
    const rows = db.all<Candidate>(`${CANDIDATE} WHERE pk > ? ORDER BY pk LIMIT ${BATCH}`, after);
    for (const row of rows) if (matches(row, words)) found.push(row.pk);
    const last = rows.at(-1);
    if (found.length >= limit || !last || rows.length < BATCH) return found.slice(0, limit);
    after = last.pk;
  }
  return undefined;
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

const without = (words: readonly Word[], one: Word): Word[] => words.filter((word) => word !== one);
