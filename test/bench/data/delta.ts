import { currentStatus } from '#shared/domain/order-status.ts';
import type { Order } from '#shared/domain/order.ts';
import { vatOf } from '#shared/domain/money.ts';
import { toInstant } from '#shared/domain/time.ts';
import type { Change } from '#shared/protocol/pull.ts';

/** Orders in a delta, and how many deltas there are: a first one, and one for a program that has applied one before. */
export const DELTA_ORDERS = 100;
export const DELTAS = 2;

/** The deltas one after another: 100 orders each, spread over all of them, with another status and one quantity grown by one. */
export function deltaOf(changes: readonly Change[]): Change[] {
  const orders = changes.filter((change) => change.op === 'put' && change.type === 'order');
  const stride = Math.floor(orders.length / DELTA_ORDERS);
  const chosen = Array.from({ length: DELTAS }, (_, delta) =>
    orders.filter((_order, index) => index % stride === delta).slice(0, DELTA_ORDERS),
  ).flat();
  return chosen.map((change, index) => {
    if (change.op !== 'put') throw new Error('an order that is deleted cannot change');
    return { ...change, rev: changes.length + 1 + index, value: changed(change.value as Order) };
  });
}

function changed(order: Order): Order {
  const [first, ...others] = order.lines;
  if (!first) throw new Error('an order has no lines');
  const { status, at } = currentStatus(order.events);
  const vat = vatOf(first.unitPriceExclVat, first.vatRate);
  const goods = order.totals.goodsExclVat + first.unitPriceExclVat;
  return {
    ...order,
    lines: [{ ...first, quantity: first.quantity + 1 }, ...others],
    events: [
      ...order.events,
      {
        status: status === 'delivered' ? 'partially_refunded' : 'delivered',
        at: toInstant(Date.parse(at) + 60_000),
      },
    ],
    totals: {
      ...order.totals,
      goodsExclVat: goods,
      vat: order.totals.vat + vat,
      inclVat: order.totals.inclVat + first.unitPriceExclVat + vat,
    },
  };
}
