import { getLocale } from '#shared/i18n/generated/runtime.js';

/** Where the shop delivers: metropolitan France first, its overseas departments and territories, its neighbours, the European Union. */
const DELIVERED = [
  'FR', 'MC', 'GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF', 'PF', 'NC', 'WF', 'AT', 'BE', 'BG', 'CH', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI',
  'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK',
]; // prettier-ignore

/** ISO 3166-1 alpha-2 to its name; the code itself where there is no name. */
export function countryName(code: string): string {
  return new Intl.DisplayNames(getLocale(), { type: 'region', fallback: 'code' }).of(code) ?? code;
}

/** France first, then by name. `known` is offered as well, wherever it is. */
export function countryChoices(known: string): { code: string; name: string }[] {
  const compare = new Intl.Collator(getLocale()).compare;
  return [...new Set([...DELIVERED, known])]
    .map((code) => ({ code, name: countryName(code) }))
    .sort((a, b) => (a.code === 'FR' ? -1 : b.code === 'FR' ? 1 : compare(a.name, b.name)));
}
