import type { Connection } from '../db/connection.ts';
import { unpack } from '../db/packed.ts';

/** Enough that a common word fills a screen from these alone, few enough to read through in a quarter of a millisecond. */
export const RECENT = 400;

export interface RecentOrder {
  pk: number;
  text: string;
  vehicles: readonly number[];
  parts: readonly { pk: number; text: string }[];
}

/** The newest orders with the texts of their parts, in the order of the list. */
export interface Recent {
  orders: readonly RecentOrder[];
  /** Whether these are all there are. */
  all: boolean;
}

export function readRecent(db: Connection, most: number): Recent {
  const rows = db.all<{
    pk: number;
    text: string;
    vehicle: number;
    vehicles: Uint8Array | null;
    parts: Uint8Array;
  }>('SELECT pk, text, vehicle, vehicles, parts FROM orders ORDER BY pk LIMIT ?', most);
  const keys = new Set(rows.flatMap((row) => unpack(row.parts)));
  const parts = new Map(
    db
      .all<{ pk: number; text: string }>(
        'SELECT p.pk, p.text FROM json_each(?) j CROSS JOIN parts p ON p.pk = j.value',
        JSON.stringify([...keys]),
      )
      .map((part) => [part.pk, part]),
  );
  const orders = rows.map((row) => ({
    pk: row.pk,
    text: row.text,
    vehicles: row.vehicles ? [row.vehicle, ...unpack(row.vehicles)] : [row.vehicle],
    parts: unpack(row.parts)
      .sort((a, b) => a - b)
      .flatMap((pk) => parts.get(pk) ?? []),
  }));
  return { orders, all: rows.length < most };
}
