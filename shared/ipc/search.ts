import { z } from 'zod';
import { Uuid } from '../domain/ids.ts';
import { CalendarDate } from '../domain/time.ts';
import { BasketRow } from './baskets.ts';
import { InvoiceRow } from './invoices.ts';
import { OrderRow } from './orders.ts';
import { VehicleChoice } from './vehicles.ts';

export const PartHit = z.object({
  reference: z.string(),
  brand: z.string(),
  name: z.string(),
  /** How many orders hold it, and the latest of them. */
  orderCount: z.int(),
  lastOrderId: Uuid,
  lastOrderedOn: CalendarDate,
});
export type PartHit = z.infer<typeof PartHit>;

const group = <T extends z.ZodType>(hit: T) => z.object({ hits: z.array(hit), more: z.boolean() });

export const SearchResults = z.object({
  /** The query these results answer, so that a late answer is not shown for newer text. */
  text: z.string(),
  orders: group(OrderRow),
  parts: group(PartHit),
  vehicles: group(VehicleChoice),
  /** By name and vehicle, last changed first; deleted ones are not among them. */
  baskets: group(BasketRow),
  invoices: group(InvoiceRow),
});
export type SearchResults = z.infer<typeof SearchResults>;
