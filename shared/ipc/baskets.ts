import { z } from 'zod';
import { Basket, BasketLine, BasketPart, LastKnownPrice } from '../domain/basket.ts';
import { Uuid } from '../domain/ids.ts';
import { Cents, Currency } from '../domain/money.ts';
import { CalendarDate, Instant } from '../domain/time.ts';
import { VehicleTag } from './vehicles.ts';

/** What the lines of a basket come to, as far as their prices are known. */
export const BasketTotal = z.object({
  exclVat: Cents,
  inclVat: Cents,
  currency: Currency,
  /** Lines without a known price: the total is without them. */
  unpriced: z.int(),
  /** The oldest of the prices in it. */
  oldestPriceAt: Instant.optional(),
});
export type BasketTotal = z.infer<typeof BasketTotal>;

export const BasketRow = z.object({
  id: Uuid,
  name: z.string(),
  isTemplate: z.boolean(),
  vehicle: VehicleTag.optional(),
  lineCount: z.int(),
  /** Pieces of all lines. */
  quantity: z.int(),
  total: BasketTotal,
  changedAt: Instant,
  deletedAt: Instant.optional(),
  /** Something of it is on this computer only, not sent yet. */
  pending: z.boolean(),
});
export type BasketRow = z.infer<typeof BasketRow>;

/** Baskets last changed first; templates and deleted ones among them, told apart by their fields. */
export const BasketList = z.object({ baskets: z.array(BasketRow) });
export type BasketList = z.infer<typeof BasketList>;

export const BasketDetail = z.object({
  id: Uuid,
  row: BasketRow,
  basket: Basket,
  lines: z.array(
    z.object({
      line: BasketLine,
      vehicle: VehicleTag.optional(),
      /** Absent while its price is not known. */
      exclVat: Cents.optional(),
      inclVat: Cents.optional(),
      pending: z.boolean(),
    }),
  ),
  /** What is not sent yet: `name`, `notes`, `vehicleId`, `isTemplate`, `line:<id>`, … */
  pendingMarks: z.array(z.string()),
});
export type BasketDetail = z.infer<typeof BasketDetail>;

/** A part that was bought before, to complete what is being typed. */
export const PartSuggestion = z.object({
  part: BasketPart,
  /** What it cost then; `at` is the day of the order. */
  price: LastKnownPrice,
  lastBoughtOn: CalendarDate,
  timesBought: z.int(),
  vehicle: VehicleTag.optional(),
});
export type PartSuggestion = z.infer<typeof PartSuggestion>;

/** What became of the prices of a basket when the shop was asked. */
export const RefreshedPrices = z.object({
  checked: z.int(),
  changes: z.array(
    z.object({ lineId: Uuid, name: z.string(), before: LastKnownPrice.optional(), now: LastKnownPrice }),
  ),
  /** Lines whose part the shop no longer knows. */
  unknown: z.array(z.object({ lineId: Uuid, name: z.string() })),
});
export type RefreshedPrices = z.infer<typeof RefreshedPrices>;
