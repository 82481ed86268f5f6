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

/** An order's status is not stored: it is that of its latest event; of two at the same moment, the one listed later. */
export function currentStatus<E extends { at: Instant }>(events: readonly [E, ...E[]]): E {
  let latest = events[0];
  for (const event of events) if (event.at >= latest.at) latest = event;
  return latest;
}

/** On its way: it has left or is about to, and the customer still waits for something. */
export const UNDER_WAY: readonly OrderStatus[] = ['paid', 'preparing', 'partially_shipped', 'shipped'];
