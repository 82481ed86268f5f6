import { z } from 'zod';

/**
 * What a seller grants on a kind of product. It is data that the service sends, never a constant of the app:
 * a shop's own terms are not ours to guess. Legal rights are not in here; they come from the law.
 */
export const Policy = z.object({
  name: z.string().min(1).max(120),
  seller: z.string().min(1).max(120),
  /** Days to send the part back for any reason, counted from `returnBasis`. */
  returnDays: z.int().min(0).max(3650),
  returnBasis: z.enum(['delivery', 'invoice', 'purchase']),
  /** The seller's own warranty in months, counted from delivery; 0 for none. */
  warrantyMonths: z.int().min(0).max(600),
  conditions: z.string().max(2000),
});
export type Policy = z.infer<typeof Policy>;
