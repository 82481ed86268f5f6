import type { Invoice } from '#shared/domain/invoice.ts';
import { currentStatus } from '#shared/domain/order-status.ts';
import type { Order } from '#shared/domain/order.ts';
import { foldCompact } from '#shared/domain/fold.ts';
import type { Vehicle } from '#shared/domain/vehicle.ts';
import type { Change } from '#shared/protocol/pull.ts';
import type { DatasetFacts } from './dataset.ts';

const QUESTIONS = 200;

/** Counts what a feed really holds and draws from it what lists and searches will be asked for. */
export function factsOf(accountId: string, changes: readonly Change[]): DatasetFacts {
  const orders = valuesOf<Order>(changes, 'order');
  const vehicles = valuesOf<Vehicle>(changes, 'vehicle');
  const invoices = valuesOf<Invoice>(changes, 'invoice');
  const lines = orders.flatMap(({ value }) => value.lines);
  const statusOf = (order: Order): string => currentStatus(order.events).status;
  return {
    orders: orders.length,
    lines: lines.length,
    parts: new Set(lines.map((line) => `${line.reference}\n${line.brand}`)).size,
    vehicles: vehicles.length,
    invoices: invoices.length,
    months: new Set(orders.map(({ value }) => value.placedOn.slice(0, 7))).size,
    statuses: new Set(orders.map(({ value }) => statusOf(value))).size,
    changes: changes.length,
    feedBytes: changes.reduce((sum, change) => sum + Buffer.byteLength(JSON.stringify(change)) + 1, 0),
    accountId,
    lists: spread(orders, QUESTIONS).map(({ value }) => ({
      vehicle: value.vehicleId ?? (vehicles[0]?.id as string),
      status: statusOf(value),
    })),
    searches: spread(orders, QUESTIONS).map(({ value }, index) => question(value, vehicles, index)),
    invoiceIds: invoices.slice(0, QUESTIONS).map(({ id }) => id),
    newestOrderId: orders[0]?.id ?? '',
  };
}

/** What people type: a piece of a reference, a word or two of a part's name, a piece of a plate; no word under three. */
function question(order: Order, vehicles: readonly { id: string; value: Vehicle }[], index: number): string {
  const line = order.lines[index % order.lines.length] as Order['lines'][number];
  const words = line.name.split(' ').filter((word) => word.length >= 4);
  switch (index % 5) {
    case 0:
      return foldCompact(line.reference).slice(0, 5);
    case 1:
      return foldCompact(line.reference).slice(-5);
    case 2:
      return (words[0] ?? line.name).slice(0, 6);
    case 3:
      return words.slice(0, 2).join(' ');
    default:
      return plateOf(order, vehicles) ?? line.brand;
  }
}

function plateOf(order: Order, vehicles: readonly { id: string; value: Vehicle }[]): string | undefined {
  const plate = vehicles.find(({ id }) => id === order.vehicleId)?.value.plate;
  return plate && foldCompact(plate).slice(0, 6);
}

function valuesOf<T>(changes: readonly Change[], type: string): { id: string; value: T }[] {
  return changes.flatMap((change) =>
    change.op === 'put' && change.type === type ? [{ id: change.id, value: change.value as T }] : [],
  );
}

/** So many items, evenly over the whole list. */
function spread<T>(items: readonly T[], count: number): T[] {
  return Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)] as T);
}
