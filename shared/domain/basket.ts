import { z } from 'zod';
import { MOST_BASKET_LINES, MOST_QUANTITY } from './basket-limits.ts';
import { Uuid } from './ids.ts';
import { Cents, Currency, VatRate } from './money.ts';
import { Instant } from './time.ts';

export { MOST_BASKET_LINES, MOST_QUANTITY } from './basket-limits.ts';

/** What the shop last said of a part: never more than a memory, so it carries its date. */
export const LastKnownPrice = z.object({
  exclVat: Cents.min(0),
  vatRate: VatRate,
  currency: Currency,
  availability: z.enum(['in_stock', 'on_order', 'unavailable']).optional(),
  at: Instant,
});
export type LastKnownPrice = z.infer<typeof LastKnownPrice>;

/** A part as a basket names it. */
export const BasketPart = z.object({
  reference: z.string().min(1).max(64),
  brand: z.string().min(1).max(60),
  name: z.string().min(1).max(200),
});
export type BasketPart = z.infer<typeof BasketPart>;

export const BasketLine = BasketPart.extend({
  /** Made from the basket, the part and the vehicle it was added for, so that one part added on two devices is one line. */
  id: Uuid,
  quantity: z.int().min(1).max(MOST_QUANTITY),
  /** Set when the line is for another vehicle than the basket. */
  vehicleId: Uuid.optional(),
  price: LastKnownPrice.optional(),
});
export type BasketLine = z.infer<typeof BasketLine>;

export const Basket = z.object({
  name: z.string().min(1).max(120),
  notes: z.string().max(4000).optional(),
  vehicleId: Uuid.optional(),
  /** A template is not ordered itself: it is copied ("Clio IV service"). */
  isTemplate: z.boolean(),
  lines: z.array(BasketLine).max(MOST_BASKET_LINES),
  createdAt: Instant,
  changedAt: Instant,
  /** Grows with each change: a deletion whose author saw fewer of them has missed somebody's work. */
  edits: z.int().min(0),
  /** Deleted baskets wait 30 days before they go for good. */
  deletedAt: Instant.optional(),
});
export type Basket = z.infer<typeof Basket>;
