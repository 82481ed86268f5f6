import type { DeliveryUnderWay, Home } from '#shared/ipc/home.ts';
import type { Order } from '#shared/domain/order.ts';
import { UNDER_WAY } from '#shared/domain/status-of.ts';
import type { OrderRow } from '#shared/ipc/orders.ts';
import { readOne } from '../db/base.ts';
import { statusCodes } from '../db/codes.ts';
import type { Connection } from '../db/connection.ts';
import { depositSummary } from './deposits.ts';
import type { Downloading } from './invoice-list.ts';
import { invoiceRows } from './invoice-list.ts';
import type { OrderRows } from './order-list.ts';
import { spendingOf } from './spending.ts';
import type { VehicleTags } from './vehicle-tags.ts';

const LATEST = 5;
const MOST_UNDER_WAY = 20;
const MOST_DELIVERIES = 12;
const ENDED = new Set<string>(['delivered', 'returned_to_sender']);

/** What the first screen shows. `today` is the shop's day. */
export function home(
  db: Connection,
  read: { rows: OrderRows; tags: VehicleTags; today: string; downloading: Downloading },
): Home {
  const { rows, tags, today, downloading } = read;
  return db.snapshot(() => ({
    deliveries: deliveries(db, rows),
    latestOrders: rows.select('orders o ORDER BY o.pk LIMIT ?', LATEST),
    latestInvoices: invoiceRows(db, downloading, 'ORDER BY i.pk LIMIT ?', LATEST),
    spending: spendingOf(db, tags, today),
    deposits: depositSummary(db),
  }));
}

function deliveries(db: Connection, rows: OrderRows): DeliveryUnderWay[] {
  const keys = UNDER_WAY.flatMap((status) =>
    db.column<number>(
      'SELECT pk FROM orders WHERE status = ? ORDER BY pk LIMIT ?',
      statusCodes.code(status),
      MOST_UNDER_WAY,
    ),
  );
  const newest = keys.sort((a, b) => a - b).slice(0, MOST_UNDER_WAY);
  return rows
    .of(newest)
    .flatMap((row) => {
      const order = readOne(db, 'order', row.id)?.value;
      return order ? parcelsOf(row, order) : [];
    })
    .slice(0, MOST_DELIVERIES);
}

/** Each parcel that has not ended; the order itself while it has no parcel at all. */
function parcelsOf(row: OrderRow, order: Order): DeliveryUnderWay[] {
  if (order.shipments.length === 0) return [{ order: row, canTrack: false }];
  return order.shipments.flatMap((shipment) => {
    const last = shipment.events.reduce((latest, event) => (event.at >= latest.at ? event : latest));
    if (ENDED.has(last.status)) return [];
    return [
      {
        order: row,
        shipmentId: shipment.id,
        carrier: shipment.carrier,
        status: last.status,
        statusAt: last.at,
        ...(shipment.expectedOn !== undefined && { expectedOn: shipment.expectedOn }),
        canTrack: shipment.trackingUrl !== undefined,
      },
    ];
  });
}
