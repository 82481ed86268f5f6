import { z } from 'zod';
import { LastKnownPrice } from '../domain/basket.ts';

/** `POST /v1/catalogue/prices` */
export const PriceRequest = z.strictObject({
  parts: z
    .array(z.strictObject({ reference: z.string().min(1).max(64), brand: z.string().min(1).max(60) }))
    .min(1)
    .max(500),
});
export type PriceRequest = z.infer<typeof PriceRequest>;

export const PriceResponse = z.object({
  /** In the order of the parts; null for one that the shop no longer knows. */
  prices: z.array(LastKnownPrice.nullable()).max(500),
});
export type PriceResponse = z.infer<typeof PriceResponse>;
