import type { Order, OrderLine } from '#shared/domain/order.ts';
import { lineDeposit, lineExclVat, lineInclVat } from '#shared/domain/amounts.ts';
import type { OrderDetail } from '#shared/ipc/orders.ts';
import { keysOf, readAll, readOne } from '../db/base.ts';
import type { Connection } from '../db/connection.ts';
import { idBytes } from '../db/ids.ts';
import { pendingMarks } from '../outbox/pending.ts';
import type { Downloading } from './invoice-list.ts';
import { invoiceRows } from './invoice-list.ts';
import type { OrderRows } from './order-list.ts';
import { lineRights } from './rights.ts';
import type { VehicleTags } from './vehicle-tags.ts';

/** Everything about one order; undefined when the account has no such order. */
export function orderDetail(
  db: Connection,
  id: string,
  read: { rows: OrderRows; tags: VehicleTags; downloading: Downloading },
): OrderDetail | undefined {
  const { rows, tags, downloading } = read;
  return db.snapshot(() => {
    const stored = readOne(db, 'order', id);
    const [row] = rows.of(keysOf(stored));
    if (!stored || !row) return undefined;
    const order = stored.value;
    const invoices = invoiceRows(db, downloading, 'WHERE i.order_id = ? ORDER BY i.pk', idBytes(id));
    const policies = new Map(readAll(db, 'policy').map((policy) => [policy.id, policy.value]));
    const known = {
      kind: readAll(db, 'profile')[0]?.value.kind ?? 'private',
      invoicedOn: invoices.filter((invoice) => invoice.kind === 'invoice').at(-1)?.issuedOn,
    };
    return {
      id,
      row,
      order,
      lines: order.lines.map((line) => ({
        ...lineDetail(line, tags),
        rights: lineRights(line, order, { ...known, policy: policies.get(line.policyId) }),
      })),
      invoices,
      deliveryAddress: order.deliveryAddress,
      pendingMarks: pendingMarks(db, 'order', id),
    };
  });
}

function lineDetail(line: OrderLine, tags: VehicleTags): Omit<OrderDetail['lines'][number], 'rights'> {
  const vehicle = line.vehicleId === undefined ? undefined : tags.byId(line.vehicleId);
  return {
    line,
    exclVat: lineExclVat(line),
    inclVat: lineInclVat(line),
    ...(line.coreDeposit && { deposit: { ...line.coreDeposit, inclVat: lineDeposit(line).inclVat } }),
    ...(vehicle && { vehicle }),
  };
}

/** The carrier's page of a shipment, when it has one. */
export function trackingUrl(order: Order, shipmentId: string): string | undefined {
  return order.shipments.find((shipment) => shipment.id === shipmentId)?.trackingUrl;
}
