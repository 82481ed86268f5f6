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

const SIREN = /^\d{9}$/;
const FRENCH_VAT_NUMBER = /^FR\d{11}$/;

export const isSiren = (digits: string): boolean => SIREN.test(digits) && passesLuhn(digits);

export const isFrenchVatNumber = (number: string): boolean =>
  FRENCH_VAT_NUMBER.test(number) && frenchVatNumber(number.slice(4)) === number;
