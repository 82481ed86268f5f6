import type { PartHit } from '#shared/ipc/search.ts';
import type { Connection } from '../db/connection.ts';
import { idText } from '../db/ids.ts';
import { dayOf } from '../db/list-key.ts';
import { unpack } from '../db/packed.ts';
import { WordIndex } from './words.ts';

/** Up to so many matching parts are looked up one by one; of more, the newest orders are sure to hold some. */
const FEW = 400;
const LONGEST_WALK = 3000;
const BATCH = 200;

interface Use {
  part: number;
  /** The key of the newest order that holds it. */
  ord: number;
}

/** The parts in whose own texts every word occurs, the latest ordered first. */
export function newestMatchingParts(db: Connection, words: readonly string[], limit: number): PartHit[] {
  if (words.length === 0) return [];
  const index = new WordIndex(db);
  const [first, ...others] = words.map((word) => new Set(index.keys('part_text', word)));
  const matching = new Set([...(first ?? [])].filter((part) => others.every((set) => set.has(part))));
  if (matching.size === 0) return [];
  if (!index.built) return countByReading(db, matching, limit).flatMap((use) => hit(db, use) ?? []);
  const uses = (matching.size > FEW ? walk(db, matching, limit) : undefined) ?? lookUp(db, matching, limit);
  return uses.flatMap((use) => hit(db, { ...use, count: countOf(db, use.part) }) ?? []);
}

function lookUp(db: Connection, parts: ReadonlySet<number>, limit: number): Use[] {
  return db.all<Use>(
    `SELECT l.part AS part, min(l.ord) AS ord FROM json_each(?) j CROSS JOIN order_part l ON l.part = j.value
     GROUP BY j.key ORDER BY ord, part LIMIT ?`,
    JSON.stringify([...parts]),
    limit,
  );
}

function walk(db: Connection, parts: ReadonlySet<number>, limit: number): Use[] | undefined {
  const found = new Map<number, number>();
  let after = -1;
  for (let walked = 0; walked < LONGEST_WALK; walked += BATCH) {
    const rows = db.all<{ pk: number; parts: Uint8Array }>(
      `SELECT pk, parts FROM orders WHERE pk > ? ORDER BY pk LIMIT ${BATCH}`,
      after,
    );
    for (const row of rows) {
      for (const part of unpack(row.parts).sort((a, b) => a - b)) {
        if (parts.has(part) && !found.has(part)) found.set(part, row.pk);
      }
      if (found.size >= limit) return [...found].slice(0, limit).map(([part, ord]) => ({ part, ord }));
    }
    const last = rows.at(-1);
    if (!last) break;
    after = last.pk;
  }
  return undefined;
}

/** Before the links are there: reads all orders, newest first. */
function countByReading(
  db: Connection,
  parts: ReadonlySet<number>,
  limit: number,
): (Use & { count: number })[] {
  const found = new Map<number, Use & { count: number }>();
  for (let after = -1; ;) {
    const rows = db.all<{ pk: number; parts: Uint8Array }>(
      `SELECT pk, parts FROM orders WHERE pk > ? ORDER BY pk LIMIT ${BATCH}`,
      after,
    );
    for (const row of rows) {
      for (const part of unpack(row.parts).sort((a, b) => a - b)) {
        const known = found.get(part);
        if (known) known.count += 1;
        else if (parts.has(part)) found.set(part, { part, ord: row.pk, count: 1 });
      }
    }
    const last = rows.at(-1);
    if (!last) return [...found.values()].slice(0, limit);
    after = last.pk;
  }
}

function countOf(db: Connection, part: number): number {
  return db.value<number>('SELECT count(*) FROM order_part WHERE part = ?', part) ?? 0;
}

function hit(db: Connection, use: Use & { count: number }): PartHit | undefined {
  const row = db.get<{ reference: string; brand: string; name: string; id: Uint8Array }>(
    `SELECT p.reference, p.brand, p.name, o.id
     FROM parts p, orders o WHERE p.pk = ? AND o.pk = ?`,
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
