import { z } from 'zod';

/** Money is a whole number of cents; the currency stands beside it, once per document. */
export const Cents = z.int();
export type Cents = z.infer<typeof Cents>;

export const Currency = z.string().regex(/^[A-Z]{3}$/);

/** VAT rates in basis points, so that 8.5 % is a whole number too: 2000 = 20 %, 850 = 8.5 %. */
export const VatRate = z.int().min(0).max(10_000);
export type VatRate = z.infer<typeof VatRate>;

export { vatOf } from './amounts.ts';
