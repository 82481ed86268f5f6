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
  const uses = (matching.size > FEW ? walk(db, matching, limit) : undefined) ?? lookUp(db, matching, limit);
  return uses.flatMap((use) => hit(db, use) ?? []);
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

function hit(db: Connection, use: Use): PartHit | undefined {
  const row = db.get<{ reference: string; brand: string; name: string; id: Uint8Array; order_count: number }>(
    `SELECT p.reference, p.brand, p.name, o.id, (SELECT count(*) FROM order_part WHERE part = p.pk) AS order_count
     FROM parts p, orders o WHERE p.pk = ? AND o.pk = ?`,
    use.part,
    use.ord,
  );
  return (
    row && {
      reference: row.reference,
      brand: row.brand,
      name: row.name,
      orderCount: row.order_count,
      lastOrderId: idText(row.id),
      lastOrderedOn: dayOf(use.ord),
    }
  );
}
