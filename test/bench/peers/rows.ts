import { currentStatus } from '#shared/domain/order-status.ts';
import type { Invoice } from '#shared/domain/invoice.ts';
import type { Order } from '#shared/domain/order.ts';
import type { Vehicle } from '#shared/domain/vehicle.ts';
import type { RawPage } from '../floors/pages.ts';
import { lineText } from '../floors/text.ts';

export interface PeerRow {
  table: 'orders' | 'lines' | 'invoices' | 'others';
  id: string;
  data: Record<string, string | number | null>;
}

/**
 * Turns a change of the feed into the flat rows that a table-shaped peer keeps; nothing is kept twice. It remembers the
 * plates it meets, for the texts of the lines.
 */
export function peerRowMaker(): (change: RawPage['changes'][number]) => PeerRow[] {
  const plates = new Map<string, string>();
  return (change) => {
    if (change.type === 'vehicle') plates.set(change.id, (change.value as Vehicle).plate);
    return peerRows(change, plates);
  };
}

function peerRows({ type, id, value }: RawPage['changes'][number], plates: Map<string, string>): PeerRow[] {
  if (type === 'order') return orderRows(id, value as Order, plates);
  if (type === 'invoice') {
    const { orderId, number, issuedOn, inclVat } = value as Invoice;
    const data = {
      order_id: orderId,
      number,
      issued_on: issuedOn,
      incl_vat: inclVat,
      body: JSON.stringify(value),
    };
    return [{ table: 'invoices', id, data }];
  }
  return [{ table: 'others', id, data: { type, body: JSON.stringify(value ?? null) } }];
}

function orderRows(id: string, { lines, ...order }: Order, plates: Map<string, string>): PeerRow[] {
  const { totals } = order;
  const { status, at } = currentStatus(order.events);
  const data = {
    number: order.number,
    placed_at: order.placedAt,
    placed_on: order.placedOn,
    status,
    status_at: at,
    title: lines[0]?.name ?? '',
    line_count: lines.length,
    vehicle_id: order.vehicleId ?? null,
    excl_vat: totals.goodsExclVat + totals.depositExclVat + totals.shippingExclVat,
    incl_vat: totals.inclVat,
    body: JSON.stringify(order),
  };
  return [
    { table: 'orders', id, data },
    ...lines.map((line): PeerRow => {
      const { id: lineId, reference, brand, name, quantity, unitPriceExclVat, ...rest } = line;
      const columns = { order_id: id, reference, brand, name, quantity, price: unitPriceExclVat };
      const text = lineText(line, plates.get(line.vehicleId ?? order.vehicleId ?? ''));
      return { table: 'lines', id: lineId, data: { ...columns, text, body: JSON.stringify(rest) } };
    }),
  ];
}

export const COLUMNS = {
  orders: {
    number: 'text',
    placed_at: 'text',
    placed_on: 'text',
    status: 'text',
    status_at: 'text',
    title: 'text',
    line_count: 'integer',
    vehicle_id: 'text',
    excl_vat: 'integer',
    incl_vat: 'integer',
    body: 'text',
  },
  lines: {
    order_id: 'text',
    reference: 'text',
    brand: 'text',
    name: 'text',
    quantity: 'integer',
    price: 'integer',
    text: 'text',
    body: 'text',
  },
  invoices: { order_id: 'text', number: 'text', issued_on: 'text', incl_vat: 'integer', body: 'text' },
  others: { type: 'text', body: 'text' },
} as const;
