import { z } from 'zod';

const sought = z.string().max(200);

/**
 * What a person typed to find or to write something, and left there. It names people and plates, so it is kept with the account's data, encrypted.
 */
export const TypedTexts = z
  .strictObject({
    orders: sought,
    invoices: sought,
    baskets: sought,
    vehicles: sought,
    /** What was searched for and led somewhere, newest first. */
    searches: z.array(sought).max(6),
    /** A message to customer service that is not sent yet. */
    support: z.string().max(4000),
  })
  .partial();
export type TypedTexts = z.infer<typeof TypedTexts>;
