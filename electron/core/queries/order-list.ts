import type { OrderRow } from '#shared/ipc/orders.ts';
import { statusCodes } from '../db/codes.ts';
import type { Connection, Param } from '../db/connection.ts';
import { DbError } from '../db/errors.ts';
import { idText } from '../db/ids.ts';
import { dayOf } from '../db/list-key.ts';
import type { OrderRecord } from '../db/order-rows.ts';
import { orderSum } from '../db/order-rows.ts';
import type { PendingOrders } from './pending-orders.ts';
import type { VehicleTags } from './vehicle-tags.ts';

const COLUMNS =
  'o.pk, o.id, o.sum, o.status, o.status_at, o.vehicle, o.excl, o.incl, o.deposit, o.to_return, o.line_count, o.currency, o.number, o.title';

/** Reads rows of orders as lists show them. */
export class OrderRows {
  readonly #db: Connection;
  readonly #tags: VehicleTags;
  readonly #pending: PendingOrders;

  constructor(db: Connection, tags: VehicleTags, pending: PendingOrders) {
    this.#db = db;
    this.#tags = tags;
    this.#pending = pending;
  }

  /** Rows of `orders o` and whatever else `from` names, in its order. */
  select(from: string, ...params: Param[]): OrderRow[] {
    return this.#db
      .all<OrderRecord>(`SELECT ${COLUMNS} FROM ${from}`, ...params)
      .map((record) => this.#row(record));
  }

  /** Rows by their keys, in the order of the keys given. */
  of(keys: readonly number[]): OrderRow[] {
    if (keys.length === 0) return [];
    return this.select(
      'json_each(?) j CROSS JOIN orders o ON o.pk = j.value ORDER BY j.key',
      JSON.stringify(keys),
    );
  }

  /** Throws a DbError `damaged` when the row's bytes are no longer what was written. */
  #row(r: OrderRecord): OrderRow {
    if (orderSum(r) !== r.sum) throw new DbError('damaged', 'checksum', 'orders');
    const row: OrderRow = {
      id: idText(r.id),
      number: r.number,
      placedOn: dayOf(r.pk),
      status: statusCodes.word(r.status),
      statusAt: new Date(r.status_at).toISOString(),
      title: r.title,
      lineCount: r.line_count,
      exclVat: r.excl,
      inclVat: r.incl,
      currency: r.currency,
    };
    const vehicle = this.#tags.get(r.vehicle);
    if (vehicle) row.vehicle = vehicle;
    if (r.to_return > 0) row.depositToReturn = r.to_return;
    if (r.deposit > 0) row.deposit = r.deposit;
    if (this.#pending.has(row.id)) row.pending = true;
    return row;
  }
}
