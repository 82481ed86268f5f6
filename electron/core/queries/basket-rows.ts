import type { BasketRow } from '#shared/ipc/baskets.ts';
import { toInstant } from '#shared/domain/calendar.ts';
import type { BasketRecord } from '../db/basket-rows.ts';
import { basketSum } from '../db/basket-rows.ts';
import { typeCodes } from '../db/codes.ts';
import type { Connection, Param } from '../db/connection.ts';
import { DbError } from '../db/errors.ts';
import { idText } from '../db/ids.ts';
import type { VehicleTags } from './vehicle-tags.ts';

const PENDING = `EXISTS (SELECT 1 FROM change_refs c WHERE c.type = ${typeCodes.code('basket')} AND c.id = b.id AND c.written = 1) AS pending`;

type Row = BasketRecord & { pending: number };

/** Rows of a query on `baskets b`: what follows its name. */
export function basketRows(db: Connection, tags: VehicleTags, rest: string, ...params: Param[]): BasketRow[] {
  return db
    .all<Row>(`SELECT b.*, ${PENDING} FROM baskets b ${rest}`, ...params)
    .map((row) => basketRow(row, tags));
}

/** Rows by their keys, in the order of the keys given. */
export function basketRowsOf(db: Connection, tags: VehicleTags, keys: readonly number[]): BasketRow[] {
  if (keys.length === 0) return [];
  return basketRows(db, tags, 'JOIN json_each(?) j ON j.value = b.pk ORDER BY j.key', JSON.stringify(keys));
}

/** Throws a DbError `damaged` when the row's bytes are no longer what was written. */
function basketRow(r: Row, tags: VehicleTags): BasketRow {
  if (basketSum(r) !== r.sum) throw new DbError('damaged', 'checksum', 'baskets');
  const vehicle = tags.get(r.vehicle);
  return {
    id: idText(r.id),
    name: r.name,
    isTemplate: r.template === 1,
    ...(vehicle && { vehicle }),
    lineCount: r.line_count,
    quantity: r.quantity,
    total: {
      exclVat: r.excl,
      inclVat: r.incl,
      currency: r.currency,
      unpriced: r.unpriced,
      ...(r.oldest_price_at !== null && { oldestPriceAt: toInstant(r.oldest_price_at) }),
    },
    changedAt: toInstant(r.changed_at),
    ...(r.deleted_at !== null && { deletedAt: toInstant(r.deleted_at) }),
    pending: r.pending === 1,
  };
}
