import type { Order } from '#shared/domain/order.ts';
import { checksum } from './checksum.ts';
import { statusCodes } from './codes.ts';
import type { OrderFacts } from './order-facts.ts';

/** The row of an order that lists read. */
export interface OrderRecord {
  pk: number;
  id: Uint8Array;
  sum: number;
  status: number;
  status_at: number;
  vehicle: number;
  excl: number;
  incl: number;
  deposit: number;
  to_return: number;
  line_count: number;
  currency: string;
  number: string;
  title: string;
}

export function orderRecord(
  id: Uint8Array,
  order: Order,
  facts: OrderFacts,
  vehicle: number,
): Omit<OrderRecord, 'pk'> {
  const record = {
    id,
    sum: 0,
    status: statusCodes.code(facts.status),
    status_at: facts.statusAt,
    vehicle,
    excl: facts.exclVat,
    incl: facts.inclVat,
    deposit: facts.deposit,
    to_return: facts.toReturn,
    line_count: order.lines.length,
    currency: order.currency,
    number: order.number,
    title: facts.title,
  };
  record.sum = orderSum(record);
  return record;
}

export function orderSum(row: Omit<OrderRecord, 'pk' | 'sum' | 'id'>): number {
  return checksum(
    `${row.status} ${row.status_at} ${row.vehicle} ${row.excl} ${row.incl} ${row.deposit} ${row.to_return} ${row.line_count} ${row.currency} ${row.number} ${row.title}`,
  );
}
