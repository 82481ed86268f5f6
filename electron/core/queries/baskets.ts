import type { BasketDetail, BasketList } from '#shared/ipc/baskets.ts';
import type { VehicleTag } from '#shared/ipc/vehicles.ts';
import { keysOf, readOne } from '../db/base.ts';
import { basketLineAmounts } from '../db/basket-rows.ts';
import type { Connection } from '../db/connection.ts';
import { pendingMarks } from '../outbox/pending.ts';
import { basketRows } from './basket-rows.ts';
import type { VehicleTags } from './vehicle-tags.ts';

/** All baskets, last changed first. */
export function basketList(db: Connection, tags: VehicleTags): BasketList {
  return db.snapshot(() => ({ baskets: basketRows(db, tags, 'ORDER BY b.changed_at DESC') }));
}

/** One basket with its lines; undefined when the account has no such basket. */
export function basketDetail(db: Connection, id: string, tags: VehicleTags): BasketDetail | undefined {
  return db.snapshot(() => {
    const stored = readOne(db, 'basket', id);
    const [key] = keysOf(stored);
    if (!stored || key === undefined) return undefined;
    const [row] = basketRows(db, tags, 'WHERE b.pk = ?', key);
    if (!row) return undefined;
    const marks = pendingMarks(db, 'basket', id);
    return {
      id,
      row,
      basket: stored.value,
      lines: linesOf(stored.value, tags, new Set(marks)),
      pendingMarks: marks,
    };
  });
}

/** Five thousand lines may name the same few vehicles: each is looked up once. */
function linesOf(
  basket: BasketDetail['basket'],
  tags: VehicleTags,
  marks: ReadonlySet<string>,
): BasketDetail['lines'] {
  const known = new Map<string, VehicleTag | undefined>();
  const tagOf = (id: string): VehicleTag | undefined => {
    if (!known.has(id)) known.set(id, tags.byId(id));
    return known.get(id);
  };
  return basket.lines.map((line) => {
    const vehicle = line.vehicleId === undefined ? undefined : tagOf(line.vehicleId);
    return {
      line,
      ...(vehicle && { vehicle }),
      ...basketLineAmounts(line),
      pending: marks.has(`line:${line.id}`),
    };
  });
}
