import { z } from 'zod';
import { lineOf } from './text.ts';

/** Luhn's checksum, which SIREN (9 digits) and SIRET (14 digits) numbers satisfy. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    const weighted = i % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return digits.length > 0 && sum % 10 === 0;
}

/** The French VAT number of a SIREN: FR + key + SIREN, key = (12 + 3 × (SIREN mod 97)) mod 97 (art. 286 ter CGI). */
export function frenchVatNumber(siren: string): string {
  const key = (12 + 3 * (Number(siren) % 97)) % 97;
  return `FR${String(key).padStart(2, '0')}${siren}`;
}

export const Siren = z
  .string()
  .regex(/^\d{9}$/)
  .refine(passesLuhn);
export const FrenchVatNumber = z
  .string()
  .regex(/^FR\d{11}$/)
  .refine((number) => frenchVatNumber(number.slice(4)) === number);

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
