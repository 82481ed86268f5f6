import { z } from 'zod';
import { Address } from './address.ts';
import { Uuid } from './ids.ts';
import { Cents, Currency, VatRate } from './money.ts';
import { ShipmentStatus, StatusEvent } from './order-status.ts';
import { CalendarDate, Instant } from './time.ts';

/** The deposit (consigne) on a part whose old core is to be sent back. */
export const CoreDeposit = z.object({
  /** Per unit, excluding VAT. */
  amountExclVat: Cents.min(0),
  vatRate: VatRate,
  dueOn: CalendarDate.optional(),
  state: z.enum(['to_return', 'shipped', 'received', 'inspected', 'refunded', 'refused', 'expired']),
  conditions: z.string().max(500).optional(),
});
export type CoreDeposit = z.infer<typeof CoreDeposit>;

export const OrderLine = z.object({
  id: Uuid,
  reference: z.string().min(1).max(64),
  brand: z.string().min(1).max(60),
  name: z.string().min(1).max(200),
  category: z.string().min(1).max(80),
  quantity: z.int().min(1).max(9999),
  unitPriceExclVat: Cents.min(0),
  /** Taken off the whole line, excluding VAT. */
  discountExclVat: Cents.min(0).optional(),
  vatRate: VatRate,
  origin: z.enum(['new', 'exchange', 'reused']),
  coreDeposit: CoreDeposit.optional(),
  /** Set when the line is for another vehicle than the order. */
  vehicleId: Uuid.optional(),
  /** The marketplace seller; absent when the shop itself sells. */
  seller: z.string().max(120).optional(),
  policyId: Uuid,
});
export type OrderLine = z.infer<typeof OrderLine>;

export const Shipment = z.object({
  id: Uuid,
  carrier: z.string().min(1).max(60),
  trackingNumber: z.string().max(60).optional(),
  trackingUrl: z
    .url({ protocol: /^https$/ })
    .max(500)
    .optional(),
  lineIds: z.array(Uuid).max(500),
  events: z.tuple(
    [z.object({ status: ShipmentStatus, at: Instant })],
    z.object({ status: ShipmentStatus, at: Instant }),
  ),
  expectedOn: CalendarDate.optional(),
});
export type Shipment = z.infer<typeof Shipment>;

export const Payment = z.object({
  id: Uuid,
  kind: z.enum(['payment', 'refund']),
  method: z.enum(['card', 'paypal', 'bank_transfer']),
  state: z.enum(['pending', 'done', 'failed']),
  amount: Cents.min(0),
  at: Instant,
  instalments: z
    .array(z.object({ dueOn: CalendarDate, amount: Cents, state: z.enum(['paid', 'due', 'failed']) }))
    .max(12)
    .optional(),
});
export type Payment = z.infer<typeof Payment>;

export const OrderTotals = z.object({
  /** Lines after discounts, without deposits and shipping. */
  goodsExclVat: Cents,
  depositExclVat: Cents,
  shippingExclVat: Cents,
  vat: Cents,
  inclVat: Cents,
});
export type OrderTotals = z.infer<typeof OrderTotals>;

export const Order = z.object({
  number: z.string().min(1).max(20),
  placedAt: Instant,
  /** The same moment as a day of the shop's calendar (Europe/Paris): lists group and filter by it. */
  placedOn: CalendarDate,
  currency: Currency,
  lines: z.array(OrderLine).min(1).max(500),
  shipments: z.array(Shipment).max(100),
  events: z.tuple([StatusEvent], StatusEvent),
  payments: z.array(Payment).max(100),
  totals: OrderTotals,
  vehicleId: Uuid.optional(),
  deliveryAddress: Address,
  billingAddress: Address.optional(),
  /** The customer's own note, which the shop does not read. */
  note: z.string().max(4000).optional(),
});
export type Order = z.infer<typeof Order>;

export { lineDeposit, lineExclVat, lineInclVat } from './amounts.ts';
