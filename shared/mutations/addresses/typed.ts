import { z } from 'zod';
import { Address } from '../../domain/address.ts';
import { lineOf, lineOrNothingOf } from '../../domain/text.ts';

/** An address as people type it. Not every country has postal codes. */
export const TypedAddress = z.strictObject({
  name: lineOrNothingOf(120),
  lines: z.array(lineOf(120)).min(1).max(3),
  postalCode: lineOrNothingOf(12),
  city: lineOf(80),
  country: Address.shape.country,
});
