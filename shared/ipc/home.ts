import { z } from 'zod';
import { Uuid } from '../domain/ids.ts';
import { Cents, Currency } from '../domain/money.ts';
import { ShipmentStatus } from '../domain/order-status.ts';
import { CalendarDate, Instant } from '../domain/time.ts';
import { InvoiceRow } from './invoices.ts';
import { OrderRow } from './orders.ts';
import { VehicleTag } from './vehicles.ts';

/** A parcel, or an order that still prepares one. */
export const DeliveryUnderWay = z.object({
  order: OrderRow,
  shipmentId: Uuid.optional(),
  carrier: z.string().optional(),
  status: ShipmentStatus.optional(),
  statusAt: Instant.optional(),
  expectedOn: CalendarDate.optional(),
  canTrack: z.boolean(),
});
export type DeliveryUnderWay = z.infer<typeof DeliveryUnderWay>;

/** Orders of a month that were not cancelled, by vehicle: the largest vehicles by name, the rest together. */
export const SpendingMonth = z.object({
  month: z.string().regex(/^\d{4}-\d{2}$/),
  inclVat: Cents,
  exclVat: Cents,
  byVehicle: z.array(
    z.object({
      vehicleId: z.union([Uuid, z.literal('none'), z.literal('others')]),
      inclVat: Cents,
      exclVat: Cents,
    }),
  ),
});

export const Home = z.object({
  deliveries: z.array(DeliveryUnderWay),
  latestOrders: z.array(OrderRow),
  latestInvoices: z.array(InvoiceRow),
  spending: z.object({
    currency: Currency,
    inclVat: Cents,
    exclVat: Cents,
    /** Twelve months, oldest first, months without orders included. */
    months: z.array(SpendingMonth),
    vehicles: z.array(VehicleTag),
  }),
  deposits: z.object({
    toReturn: Cents,
    underWay: Cents,
    refunded: Cents,
    count: z.int(),
    next: z.array(
      z.object({
        orderId: Uuid,
        title: z.string(),
        amount: Cents,
        dueOn: CalendarDate.optional(),
        vehicle: VehicleTag.optional(),
      }),
    ),
  }),
});
export type Home = z.infer<typeof Home>;
