import type { PartHit } from '#shared/ipc/search.ts';
import type { Connection } from '../db/connection.ts';
import { idText } from '../db/ids.ts';
import { dayOf } from '../db/list-key.ts';
import { unpack } from '../db/packed.ts';
import type { Recent } from './recent.ts';
import type { SearchIndex } from './search-index.ts';
import { walk } from './walk.ts';

/** Up to so many matching parts are looked up one by one; of more, the newest orders are sure to hold some. */
const FEW = 500;
const LONGEST_WALK = 3000;
const NEWEST = 'SELECT pk, parts FROM orders WHERE pk > ? ORDER BY pk LIMIT ?';

interface Use {
  part: number;
  /** The key of the newest order that holds it. */
  ord: number;
}

type Counted = Use & { count: number };

/** The parts in whose own texts every word occurs, the latest ordered first. */
export function newestMatchingParts(index: SearchIndex, words: readonly string[], limit: number): PartHit[] {
  const { db, recent } = index;
  if (words.length === 0) return [];
  const newest = amongRecent(recent, words, limit);
  if (newest.length >= limit && index.sizes.built) return counted(db, newest);
  const [first, ...others] = words.map((word) => index.parts(word)).sort((a, b) => a.size - b.size);
  const matching = new Set([...(first ?? [])].filter((part) => others.every((set) => set.has(part))));
  if (matching.size === 0) return [];
  if (!index.sizes.built) return countByReading(db, matching, limit).flatMap((use) => hit(db, use) ?? []);
  const uses =
    (matching.size > FEW ? readNewest(db, matching, limit) : undefined) ?? lookUp(db, matching, limit);
  return counted(db, uses);
}

const counted = (db: Connection, uses: readonly Use[]): PartHit[] =>
  uses.flatMap((use) => hit(db, { ...use, count: countOf(db, use.part) }) ?? []);

/** Common words are met at once in the newest orders, whose texts are at hand. */
function amongRecent(recent: Recent, words: readonly string[], limit: number): Use[] {
  const found = new Map<number, Use>();
  for (const { pk, parts } of recent.orders) {
    for (const part of parts) {
      if (found.has(part.pk) || !words.every((word) => part.text.includes(word))) continue;
      found.set(part.pk, { part: part.pk, ord: pk });
      if (found.size >= limit) return [...found.values()];
    }
  }
  return [...found.values()];
}

function lookUp(db: Connection, parts: ReadonlySet<number>, limit: number): Use[] {
  const newest = db.all<{ part: number; ord: number | null }>(
    'SELECT j.value AS part, (SELECT min(ord) FROM order_part WHERE part = j.value) AS ord FROM json_each(?) j',
    JSON.stringify([...parts]),
  );
  return newest
    .flatMap(({ part, ord }) => (ord === null ? [] : [{ part, ord }]))
    .sort((a, b) => a.ord - b.ord || a.part - b.part)
    .slice(0, limit);
}

function readNewest(db: Connection, parts: ReadonlySet<number>, limit: number): Use[] | undefined {
  const found = new Map<number, number>();
  const enough = walk<{ pk: number; parts: Uint8Array }>(db, NEWEST, LONGEST_WALK, (row) => {
    for (const part of unpack(row.parts).sort((a, b) => a - b)) {
      if (parts.has(part) && !found.has(part)) found.set(part, row.pk);
    }
    return found.size >= limit;
  });
  return enough ? [...found].slice(0, limit).map(([part, ord]) => ({ part, ord })) : undefined;
}

/** Before the links are there: reads all orders, newest first. */
function countByReading(db: Connection, parts: ReadonlySet<number>, limit: number): Counted[] {
  const found = new Map<number, Counted>();
  walk<{ pk: number; parts: Uint8Array }>(db, NEWEST, Infinity, (row) => {
    for (const part of unpack(row.parts).sort((a, b) => a - b)) {
      const known = found.get(part);
      if (known) known.count += 1;
      else if (parts.has(part)) found.set(part, { part, ord: row.pk, count: 1 });
    }
    return false;
  });
  return [...found.values()].slice(0, limit);
}

function countOf(db: Connection, part: number): number {
  return db.value<number>('SELECT count(*) FROM order_part WHERE part = ?', part) ?? 0;
}

function hit(db: Connection, use: Counted): PartHit | undefined {
  const row = db.get<{ reference: string; brand: string; name: string; id: Uint8Array }>(
    'SELECT p.reference, p.brand, p.name, o.id FROM parts p, orders o WHERE p.pk = ? AND o.pk = ?',
    use.part,
    use.ord,
  );
  return (
    row && {
      reference: row.reference,
      brand: row.brand,
      name: row.name,
      orderCount: use.count,
      lastOrderId: idText(row.id),
      lastOrderedOn: dayOf(use.ord),
    }
  );
}
