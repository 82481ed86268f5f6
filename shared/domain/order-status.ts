import { z } from 'zod';
import { Instant } from './time.ts';

export const OrderStatus = z.enum([
  'placed',
  'payment_pending',
  'paid',
  'preparing',
  'partially_shipped',
  'shipped',
  'delivered',
  'cancelled',
  'partially_refunded',
  'refunded',
]);
export type OrderStatus = z.infer<typeof OrderStatus>;

export const ShipmentStatus = z.enum([
  'label_created',
  'picked_up',
  'in_transit',
  'out_for_delivery',
  'delivered',
  'failed_attempt',
  'returned_to_sender',
]);
export type ShipmentStatus = z.infer<typeof ShipmentStatus>;

export const StatusEvent = z.object({ status: OrderStatus, at: Instant });
export type StatusEvent = z.infer<typeof StatusEvent>;

export { currentStatus } from './status-of.ts';
