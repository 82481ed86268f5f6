import { currentStatus } from '#shared/domain/order-status.ts';
import type { Order } from '#shared/domain/order.ts';
import { vatOf } from '#shared/domain/money.ts';
import { toInstant } from '#shared/domain/time.ts';
import type { Change } from '#shared/protocol/pull.ts';

const ORDERS = 100;

/** 100 orders, spread over all of them, each with another status and one quantity that grew by one. */
export function deltaOf(changes: readonly Change[]): Change[] {
  const orders = changes.filter((change) => change.op === 'put' && change.type === 'order');
  const stride = Math.floor(orders.length / ORDERS);
  const chosen = orders.filter((_, index) => index % stride === 0).slice(0, ORDERS);
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
