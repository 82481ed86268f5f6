import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** A number as typed, with a country code or else French, as E.164; undefined for one that cannot exist. */
export function parsePhone(typed: string): string | undefined {
  const parsed = parsePhoneNumberFromString(typed, { defaultCountry: 'FR', extract: false });
  return parsed?.isPossible() && parsed.ext === undefined && !parsed.number.startsWith('+0')
    ? parsed.number
    : undefined;
}

/** As people in France read it: 01 76 49 49 49 for theirs, +32 2 555 12 12 for others. */
export function formatPhone(number: string): string {
  const parsed = parsePhoneNumberFromString(number);
  if (!parsed) return number;
  return parsed.countryCallingCode === '33' ? parsed.formatNational() : parsed.formatInternational();
}
