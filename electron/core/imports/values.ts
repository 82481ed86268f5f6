import type { CalendarDate } from '#shared/domain/time.ts';

/** How files write dates: 31/12/2020, 31-12-20, 31.12.2020, 2020-12-31, each with or without a time behind it. */
const DAY_FIRST = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?$/;
const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$/;

/** The first cars that were registered. */
const FIRST_YEAR = 1886;

/** A day of the calendar, not after `today`; undefined for anything else. A year of two digits is the latest that has been. */
export function dateOf(text: string, today: CalendarDate): CalendarDate | undefined {
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst) {
    const [, day = '', month = '', year = ''] = dayFirst;
    return pastDay(year.length === 2 ? century(Number(year), today) : Number(year), month, day, today);
  }
  const yearFirst = YEAR_FIRST.exec(text);
  if (!yearFirst) return undefined;
  const [, year = '', month = '', day = ''] = yearFirst;
  return pastDay(Number(year), month, day, today);
}

function century(year: number, today: CalendarDate): number {
  const now = Number(today.slice(0, 4));
  const latest = Math.floor(now / 100) * 100 + year;
  return latest > now ? latest - 100 : latest;
}

function pastDay(year: number, month: string, day: string, today: CalendarDate): CalendarDate | undefined {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = Date.parse(`${date}T00:00:00.000Z`);
  // 31 February is read as a day of March.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date) return undefined;
  return year >= FIRST_YEAR && date <= today ? date : undefined;
}

/** Digits in groups of three by any kind of blank, point, comma or apostrophe, decimals of no value, and a unit. */
const KILOMETRES =
  /^(\d{1,3}(?:[\s.,'’]\d{3})+|\d+)(?:[.,]0{1,2})?\s*(?:km|kms|kilom[eè]tres?|kilometers?)?\.?$/iu;
export const MOST_KILOMETRES = 5_000_000;

export function kilometresOf(text: string): number | undefined {
  const digits = KILOMETRES.exec(text)?.[1]?.replace(/\D/g, '');
  const kilometres = digits === undefined || digits.length > 8 ? NaN : Number(digits);
  return kilometres <= MOST_KILOMETRES ? kilometres : undefined;
}

/** A cell as the person meant it: without the blanks around it, and without the apostrophe that keeps spreadsheets from running it. */
export function cellText(raw: string): string {
  const text = raw.trim();
  return /^'+[=+\-@]/.test(text) ? text.slice(1) : text;
}
