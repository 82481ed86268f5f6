import { stringify } from 'csv-stringify/sync';

export type Language = 'fr' | 'en';

/** How each language's spreadsheets read a file without asking. */
const FORMATS = {
  fr: { delimiter: ';', decimal: ',' },
  en: { delimiter: ',', decimal: '.' },
} as const;

export const BYTE_ORDER_MARK = '\uFEFF';

/** Lines of a CSV file (RFC 4180). Each cell was made by `text`, `money` or `count`. */
export function csvLines(rows: readonly (readonly string[])[], language: Language): string {
  return stringify(rows as string[][], {
    delimiter: FORMATS[language].delimiter,
    record_delimiter: '\r\n',
    quoted_match: /[\r\n]/,
  });
}

/** A cell that starts like a formula would be run by a spreadsheet; an apostrophe makes it text (OWASP, CSV injection). */
export function text(value: string): string {
  return /^'*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}

export function money(cents: number, language: Language): string {
  const whole = Math.trunc(Math.abs(cents) / 100);
  const rest = String(Math.abs(cents) % 100).padStart(2, '0');
  return `${cents < 0 ? '-' : ''}${whole}${FORMATS[language].decimal}${rest}`;
}

export const count = (value: number): string => String(value);
