import type { Connection } from '../db/connection.ts';
import type { SearchIndex } from './search-index.ts';
import { walk } from './walk.ts';

/** Numbers that so many invoices share are no help in finding few. */
const MANY = 3000;
const LONGEST_WALK = 5000;
const BATCH = 200;

/** One word of a query, with the sellers and vehicles it occurs in. */
interface Word {
  word: string;
  sellers: ReadonlySet<number>;
  vehicles: ReadonlySet<number>;
}

interface Candidate {
  pk: number;
  text: string;
  seller: number;
  vehicle: number | null;
}

const CANDIDATE = `SELECT i.pk, i.text, i.seller, o.vehicle FROM invoices i
  LEFT JOIN base b ON b.type = 4 AND b.id = i.order_id LEFT JOIN orders o ON o.pk = b.key`;

/** The newest invoices in which every word occurs, at most `limit`; their keys in the order of the list. */
export function newestMatchingInvoices(
  index: SearchIndex,
  texts: readonly string[],
  limit: number,
): number[] {
  const words = texts.map((word) => resolve(index, word));
  const [rarest, ...others] = words
    .map((word) => ({ word, size: sizeOf(index, word) }))
    .sort((a, b) => a.size - b.size);
  if (!rarest) return [];
  if (others.length === 0) return newestOf(index, rarest.word, limit);
  if (rarest.size < MANY) return check(index.db, ascending(invoicesOf(index, rarest.word)), words, limit);
  return readNewest(index.db, words, limit) ?? allOf(index, words).slice(0, limit);
}

/** All invoices in which every word occurs in the number, the order's number, the seller or the order's vehicle. */
export function allMatchingInvoices(index: SearchIndex, texts: readonly string[]): number[] {
  return allOf(
    index,
    texts.map((word) => resolve(index, word)),
  );
}

function resolve(index: SearchIndex, word: string): Word {
  const sellers = index.db.column<number>('SELECT pk FROM sellers WHERE instr(text, ?) > 0', word);
  return { word, sellers: new Set(sellers), vehicles: index.vehicles(word) };
}

/** About how many invoices hold the word; at least MANY when it is not worth knowing. */
function sizeOf(index: SearchIndex, word: Word): number {
  const { orders, vehicles } = index.sizes;
  const linked = word.sellers.size > 0 ? MANY : (word.vehicles.size * orders) / Math.max(1, vehicles);
  return linked >= MANY ? linked : linked + index.keys('invoice_text', word.word, MANY).length;
}

/** Each way to the word gives its newest; the newest of these are the newest of all. */
function newestOf(index: SearchIndex, word: Word, limit: number): number[] {
  const found = new Set(index.keys('invoice_text', word.word, limit));
  for (const seller of word.sellers) {
    const newest = index.db.column<number>(
      'SELECT pk FROM invoices WHERE seller = ? ORDER BY pk LIMIT ?',
      seller,
      limit,
    );
    for (const key of newest) found.add(key);
  }
  if (word.vehicles.size > 0) for (const key of ofVehicles(index.db, word.vehicles)) found.add(key);
  return ascending(found).slice(0, limit);
}

const ascending = (keys: Iterable<number>): number[] => [...keys].sort((a, b) => a - b);

function allOf(index: SearchIndex, words: readonly Word[]): number[] {
  const perWord = words.map((word) => invoicesOf(index, word));
  const [first, ...others] = perWord.sort((a, b) => a.size - b.size);
  const all = [...(first ?? [])].filter((key) => others.every((set) => set.has(key)));
  return all.sort((a, b) => a - b);
}

function invoicesOf(index: SearchIndex, word: Word): Set<number> {
  const found = new Set(index.keys('invoice_text', word.word));
  for (const seller of word.sellers) {
    for (const key of index.db.column<number>('SELECT pk FROM invoices WHERE seller = ?', seller))
      found.add(key);
  }
  if (word.vehicles.size > 0) for (const key of ofVehicles(index.db, word.vehicles)) found.add(key);
  return found;
}

function ofVehicles(db: Connection, vehicles: ReadonlySet<number>): number[] {
  return db.column<number>(
    `SELECT i.pk FROM json_each(?) j CROSS JOIN order_vehicle l ON l.vehicle = j.value CROSS JOIN orders o ON o.pk = l.ord
     CROSS JOIN invoices i ON i.order_id = o.id WHERE o.vehicle = j.value`,
    JSON.stringify([...vehicles]),
  );
}

function check(db: Connection, keys: readonly number[], words: readonly Word[], limit: number): number[] {
  const found: number[] = [];
  for (let at = 0; at < keys.length && found.length < limit; at += BATCH) {
    const batch = JSON.stringify(keys.slice(at, at + BATCH));
    const rows = db.all<Candidate>(
      `${CANDIDATE} WHERE i.pk IN (SELECT value FROM json_each(?)) ORDER BY i.pk`,
      batch,
    );
    for (const row of rows) if (matches(row, words)) found.push(row.pk);
  }
  return found.slice(0, limit);
}

/** Undefined when hits are too rare to be met this way. */
function readNewest(db: Connection, words: readonly Word[], limit: number): number[] | undefined {
  const found: number[] = [];
  const newest = `${CANDIDATE} WHERE i.pk > ? ORDER BY i.pk LIMIT ?`;
  const enough = walk<Candidate>(db, newest, LONGEST_WALK, (row) => {
    if (matches(row, words)) found.push(row.pk);
    return found.length >= limit;
  });
  return enough ? found : undefined;
}

function matches(row: Candidate, words: readonly Word[]): boolean {
  return words.every(
    (word) =>
      row.text.includes(word.word) ||
      word.sellers.has(row.seller) ||
      (row.vehicle !== null && word.vehicles.has(row.vehicle)),
  );
}
