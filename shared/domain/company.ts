import { z } from 'zod';
import { isFrenchVatNumber, isSiren } from './company-numbers.ts';
import { lineOf } from './text.ts';

export const Siren = z
  .string()
  .regex(/^\d{9}$/)
  .refine(isSiren);
export const FrenchVatNumber = z
  .string()
  .regex(/^FR\d{11}$/)
  .refine(isFrenchVatNumber);

const withoutBlanks = (typed: string): string => typed.replace(/[\s.\-\u00a0\u202f]+/g, '').toUpperCase();

/** A SIREN as it is printed, in groups of three digits. */
export const TypedSiren = z.string().max(40).transform(withoutBlanks).pipe(Siren);
export const TypedVatNumber = z.string().max(40).transform(withoutBlanks).pipe(FrenchVatNumber);

export const Company = z.object({
  name: z.string().min(1).max(120),
  siren: Siren,
  vatNumber: FrenchVatNumber,
});
export type Company = z.infer<typeof Company>;

/** A French VAT number ends with the SIREN of its company: two different ones are two companies. */
export const companyAgrees = ({ siren, vatNumber }: Pick<Company, 'siren' | 'vatNumber'>): boolean =>
  vatNumber.endsWith(siren);

/** A company as people type it. */
export const TypedCompany = z
  .strictObject({ name: lineOf(120), siren: TypedSiren, vatNumber: TypedVatNumber })
  .refine(companyAgrees, { path: ['vatNumber'] });
