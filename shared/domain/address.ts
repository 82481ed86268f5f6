import { z } from 'zod';

export const Address = z.object({
  name: z.string().max(120),
  lines: z.array(z.string().max(120)).min(1).max(3),
  postalCode: z.string().max(12),
  city: z.string().max(80),
  /** ISO 3166-1 alpha-2 */
  country: z.string().regex(/^[A-Z]{2}$/),
});
export type Address = z.infer<typeof Address>;
