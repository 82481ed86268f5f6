import { z } from 'zod';
import { Address } from '../domain/address.ts';
import { Uuid } from '../domain/ids.ts';
import { Cents, Currency } from '../domain/money.ts';
import { CoreDeposit, Order, OrderLine } from '../domain/order.ts';
import { OrderStatus } from '../domain/order-status.ts';
import { CalendarDate, Instant } from '../domain/time.ts';
import { InvoiceRow } from './invoices.ts';
import { VehicleTag } from './vehicles.ts';

export const OrderFilter = z.strictObject({
  /** A vehicle of the order or of one of its lines; 'none' for orders without any. */
  vehicle: z.union([Uuid, z.literal('none')]).optional(),
  statuses: z.array(OrderStatus).max(10).optional(),
  /** By `placedOn`, both ends included. */
  from: CalendarDate.optional(),
  to: CalendarDate.optional(),
  /** Every word must occur in the order's number, vehicle, or in one of its parts; accents, case and separators ignored. */
  text: z.string().max(200).optional(),
  /** Only orders that still have a core deposit to send back. */
  depositToReturn: z.boolean().optional(),
});
export type OrderFilter = z.infer<typeof OrderFilter>;

export const MonthTotal = z.object({
  month: z.string().regex(/^\d{4}-\d{2}$/),
  count: z.int(),
  exclVat: Cents,
  inclVat: Cents,
});
export type MonthTotal = z.infer<typeof MonthTotal>;

/** Counts and sums of a filtered list, newest month first: enough to lay out a virtual list before its rows are read. */
export const ListSummary = z.object({
  count: z.int(),
  exclVat: Cents,
  inclVat: Cents,
  currency: Currency,
  months: z.array(MonthTotal),
});
export type ListSummary = z.infer<typeof ListSummary>;

export const OrderRow = z.object({
  id: Uuid,
  number: z.string(),
  placedOn: CalendarDate,
  status: OrderStatus,
  statusAt: Instant,
  /** Name of the first line; the other lines are counted. */
  title: z.string(),
  lineCount: z.int(),
  vehicle: VehicleTag.optional(),
  exclVat: Cents,
  inclVat: Cents,
  currency: Currency,
  /** Deposits still to be sent back, incl. VAT. */
  depositToReturn: Cents.optional(),
  /** Deposits on the order in any state, incl. VAT. */
  deposit: Cents.optional(),
  /** A change of it is on this computer only. */
  pending: z.boolean().optional(),
});
export type OrderRow = z.infer<typeof OrderRow>;

/** What the seller of a line grants, worked out from its policy and from the delivery; absent until delivered. */
export const LineRights = z.object({
  returnUntil: CalendarDate.optional(),
  warrantyUntil: CalendarDate.optional(),
});

export const OrderDetail = z.object({
  id: Uuid,
  row: OrderRow,
  order: Order,
  lines: z.array(
    z.object({
      line: OrderLine,
      exclVat: Cents,
      inclVat: Cents,
      deposit: CoreDeposit.extend({ inclVat: Cents }).optional(),
      vehicle: VehicleTag.optional(),
      rights: LineRights,
    }),
  ),
  invoices: z.array(InvoiceRow),
  deliveryAddress: Address,
  /** What is not sent yet: `note`, `vehicleId`, `line:<id>`. */
  pendingMarks: z.array(z.string()),
});
export type OrderDetail = z.infer<typeof OrderDetail>;
