import type { OrderRow } from '#shared/ipc/orders.ts';
import { statusCodes } from '../db/codes.ts';
import type { Connection, Param } from '../db/connection.ts';
import { DbError } from '../db/errors.ts';
import { idText } from '../db/ids.ts';
import { dayOf } from '../db/list-key.ts';
import type { OrderRecord } from '../db/order-rows.ts';
import { orderSum } from '../db/order-rows.ts';
import { toInstant } from '#shared/domain/time.ts';

/** The columns of a list row, from `orders o` and `vehicles v`. */
export const ORDER_COLUMNS = `o.pk, o.id, o.sum, o.status, o.status_at, o.vehicle, o.excl, o.incl, o.deposit, o.to_return, o.line_count,
  o.currency, o.number, o.title, v.id AS v_id, v.plate, v.label`;
export const WITH_VEHICLE = 'LEFT JOIN vehicles v ON v.pk = o.vehicle AND v.known = 1';

export type OrderListRecord = OrderRecord & {
  v_id: Uint8Array | null;
  plate: string | null;
  label: string | null;
};

/** A row as the contract has it. Throws a DbError `damaged` when its bytes are no longer what was written. */
export function orderRow(r: OrderListRecord): OrderRow {
  if (orderSum(r) !== r.sum) throw new DbError('damaged', 'checksum', 'orders');
  return {
    id: idText(r.id),
    number: r.number,
    placedOn: dayOf(r.pk),
    status: statusCodes.word(r.status),
    statusAt: toInstant(r.status_at),
    title: r.title,
    lineCount: r.line_count,
    ...(r.v_id && { vehicle: { id: idText(r.v_id), plate: r.plate ?? '', label: r.label ?? '' } }),
    exclVat: r.excl,
    inclVat: r.incl,
    currency: r.currency,
    ...(r.to_return > 0 && { depositToReturn: r.to_return }),
    ...(r.deposit > 0 && { deposit: r.deposit }),
  };
}

/** Rows by their keys, in the order of the keys given. */
export function orderRowsOf(db: Connection, keys: readonly number[]): OrderRow[] {
  if (keys.length === 0) return [];
  return db
    .all<OrderListRecord>(
      `SELECT ${ORDER_COLUMNS} FROM json_each(?) j CROSS JOIN orders o ON o.pk = j.value ${WITH_VEHICLE} ORDER BY j.key`,
      JSON.stringify(keys),
    )
    .map(orderRow);
}

/** Rows of a query that names `orders o` and `vehicles v`. */
export function orderRows(db: Connection, from: string, ...params: Param[]): OrderRow[] {
  return db.all<OrderListRecord>(`SELECT ${ORDER_COLUMNS} FROM ${from}`, ...params).map(orderRow);
}
