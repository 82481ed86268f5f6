import type { Connection } from '../db/connection.ts';
import { WordIndex } from './words.ts';

const FEW = 3000;
const LONGEST_WALK = 5000;
const BATCH = 200;

/** One word of a query, with the sellers and vehicles it occurs in. */
interface Word {
  word: string;
  sellers: Set<number>;
  vehicles: Set<number>;
}

interface Candidate {
  pk: number;
  text: string;
  seller: number;
  vehicle: number | null;
}

const CANDIDATE =
  'SELECT i.pk, i.text, i.seller, o.vehicle FROM invoices i LEFT JOIN base b ON b.type = 4 AND b.id = i.order_id LEFT JOIN orders o ON o.pk = b.key';

/** The newest invoices in which every word occurs, at most `limit`; their keys in the order of the list. */
export function newestMatchingInvoices(db: Connection, words: readonly string[], limit: number): number[] {
  const index = new WordIndex(db);
  const resolved = words.map((word) => resolve(db, index, word));
  const [first] = resolved;
  if (!first) return [];
  if (resolved.length === 1 && isNumberOnly(first)) return index.keys('invoice_text', first.word, limit);
  const rare = rareNumber(index, resolved);
  if (rare) return checkListed(db, rare.keys, resolved, limit);
  return walk(db, resolved, limit) ?? allOf(db, index, resolved).slice(0, limit);
}

/** All invoices in which every word occurs in the number, the order's number, the seller or the order's vehicle. */
export function allMatchingInvoices(db: Connection, words: readonly string[]): number[] {
  const index = new WordIndex(db);
  return allOf(
    db,
    index,
    words.map((word) => resolve(db, index, word)),
  );
}

function resolve(db: Connection, index: WordIndex, word: string): Word {
  return {
    word,
    sellers: new Set(db.column<number>('SELECT pk FROM sellers WHERE instr(text, ?) > 0', word)),
    vehicles: new Set(index.vehicles(word)),
  };
}

const isNumberOnly = (word: Word): boolean => word.sellers.size === 0 && word.vehicles.size === 0;

/** A word that only occurs in a few numbers leaves nothing else to look at. */
function rareNumber(index: WordIndex, words: readonly Word[]): { keys: number[] } | undefined {
  for (const word of words) {
    if (!isNumberOnly(word)) continue;
    const keys = index.keys('invoice_text', word.word, FEW + 1);
    if (keys.length <= FEW) return { keys };
  }
  return undefined;
}

function allOf(db: Connection, index: WordIndex, words: readonly Word[]): number[] {
  const perWord = words.map((word) => invoicesOf(db, index, word));
  const [first, ...others] = perWord.sort((a, b) => a.size - b.size);
  return [...(first ?? [])].filter((key) => others.every((set) => set.has(key))).sort((a, b) => a - b);
}

function invoicesOf(db: Connection, index: WordIndex, word: Word): Set<number> {
  const found = new Set(index.keys('invoice_text', word.word));
  const add = (sql: string, keys: Set<number>): void => {
    if (keys.size === 0) return;
    for (const key of db.column<number>(sql, JSON.stringify([...keys]))) found.add(key);
  };
  add('SELECT pk FROM invoices WHERE seller IN (SELECT value FROM json_each(?))', word.sellers);
  add(
    `SELECT i.pk FROM json_each(?) j CROSS JOIN order_vehicle l ON l.vehicle = j.value CROSS JOIN orders o ON o.pk = l.ord
     CROSS JOIN invoices i ON i.order_id = o.id WHERE o.vehicle = j.value`,
    word.vehicles,
  );
  return found;
}

function checkListed(
  db: Connection,
  keys: readonly number[],
  words: readonly Word[],
  limit: number,
): number[] {
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

/** Reads the newest first; undefined when hits are too rare for that. */
function walk(db: Connection, words: readonly Word[], limit: number): number[] | undefined {
  const found: number[] = [];
  let after = -1;
  for (let walked = 0; walked < LONGEST_WALK; walked += BATCH) {
    const rows = db.all<Candidate>(`${CANDIDATE} WHERE i.pk > ? ORDER BY i.pk LIMIT ${BATCH}`, after);
    for (const row of rows) if (matches(row, words)) found.push(row.pk);
    const last = rows.at(-1);
    if (found.length >= limit || !last || rows.length < BATCH) return found.slice(0, limit);
    after = last.pk;
  }
  return undefined;
}

function matches(row: Candidate, words: readonly Word[]): boolean {
  return words.every(
    (word) =>
      row.text.includes(word.word) ||
      word.sellers.has(row.seller) ||
      (row.vehicle !== null && word.vehicles.has(row.vehicle)),
  );
}
