import { getLocale } from '#shared/i18n/generated/runtime.js';

/**
 * Times are shown in the shop's zone, the one that decides an order's day and an invoice's date: an order of half past
 * midnight must not stand under another day than its invoice.
 */
export const SHOP_ZONE = 'Europe/Paris';

const INTL_TAG = { fr: 'fr-FR', en: 'en-GB' } as const;
const cache = new Map<string, unknown>();

function cached<T>(key: string, make: (tag: string) => T): T {
  const tag = INTL_TAG[getLocale()];
  const full = `${tag} ${key}`;
  let value = cache.get(full) as T | undefined;
  if (value === undefined) {
    value = make(tag);
    cache.set(full, value);
  }
  return value;
}

/** Amounts in cents; French as 1 234,50 €, English as €1,234.50. */
export function money(cents: number, currency: string): string {
  return cached(
    `money ${currency}`,
    (tag) => new Intl.NumberFormat(tag, { style: 'currency', currency }),
  ).format(cents / 100);
}

function moneyRounded(cents: number, currency: string): string {
  return cached(
    `rounded ${currency}`,
    (tag) => new Intl.NumberFormat(tag, { style: 'currency', currency, maximumFractionDigits: 0 }),
  ).format(cents / 100);
}

/** A chart's label where space is short: 186 €, 4,8 k€ or €4.8K. */
export function moneyCompact(cents: number, currency: string): string {
  if (Math.abs(cents) < 100_000) return moneyRounded(cents, currency);
  return cached(
    `compact ${currency}`,
    (tag) =>
      new Intl.NumberFormat(tag, {
        style: 'currency',
        currency,
        notation: 'compact',
        maximumFractionDigits: 1,
        minimumFractionDigits: 0,
      }),
  ).format(cents / 100);
}

export function count(value: number): string {
  return cached('count', (tag) => new Intl.NumberFormat(tag)).format(value);
}

/** Basis points to a percentage: 2000 as 20 %, 850 as 8,5 %. */
export function vatRate(basisPoints: number): string {
  return cached(
    'rate',
    (tag) => new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 2 }),
  ).format(basisPoints / 10_000);
}

type DateStyle = 'short' | 'medium' | 'long' | 'numeric';
const DATE_STYLES: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  short: { day: 'numeric', month: 'short' },
  medium: { day: 'numeric', month: 'short', year: 'numeric' },
  long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  numeric: { day: '2-digit', month: '2-digit', year: 'numeric' },
};

function dateFormat(style: DateStyle, timeZone: string): Intl.DateTimeFormat {
  return cached(
    `date ${style} ${timeZone}`,
    (tag) => new Intl.DateTimeFormat(tag, { ...DATE_STYLES[style], timeZone }),
  );
}

/** A day of the calendar, `YYYY-MM-DD`. */
export function day(date: string, style: DateStyle = 'medium'): string {
  return dateFormat(style, 'UTC').format(new Date(`${date}T00:00:00.000Z`));
}

/** The day alone when it is in the year of `today`, else with its year. */
export function nearDay(date: string, today: string): string {
  return day(date, date.slice(0, 4) === today.slice(0, 4) ? 'short' : 'medium');
}

/** A moment as its day in the shop's zone. */
export function dayOf(instant: string, style: DateStyle = 'medium'): string {
  return dateFormat(style, SHOP_ZONE).format(new Date(instant));
}

export function time(instant: string, timeZone = SHOP_ZONE): string {
  return cached(
    `time ${timeZone}`,
    (tag) => new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', timeZone }),
  ).format(new Date(instant));
}

/** A time of this computer, such as its next try to sync: by the clock on its wall. */
export function timeHere(instant: string): string {
  return time(instant, Intl.DateTimeFormat().resolvedOptions().timeZone);
}

/** A moment as day and time: 12 nov. 16:41. */
export function moment(instant: string): string {
  return `${dayOf(instant, 'short')} ${time(instant)}`;
}

/** A moment of this computer, such as its last sync: in the zone of the clock on its wall, unlike what the shop did. */
export function momentHere(instant: string, zone = Intl.DateTimeFormat().resolvedOptions().timeZone): string {
  return `${dateFormat('short', zone).format(new Date(instant))} ${time(instant, zone)}`;
}

/** `2026-11` as novembre 2026. */
export function month(value: string): string {
  return cached(
    'month',
    (tag) => new Intl.DateTimeFormat(tag, { month: 'long', year: 'numeric', timeZone: 'UTC' }),
  ).format(new Date(`${value}-01T00:00:00.000Z`));
}

export function monthShort(value: string): string {
  return cached(
    'month short',
    (tag) => new Intl.DateTimeFormat(tag, { month: 'short', timeZone: 'UTC' }),
  ).format(new Date(`${value}-01T00:00:00.000Z`));
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

/** How long ago a moment was, in the largest whole unit: "il y a 3 min". A moment to come counts as now. */
export function ago(instant: string, nowMs: number): string {
  const seconds = Math.max(0, Math.round((nowMs - Date.parse(instant)) / 1000));
  const [unit, size] = STEPS.find(([, step]) => seconds >= step) ?? ['second', 1];
  return cached('ago', (tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'auto', style: 'short' })).format(
    -Math.floor(seconds / size),
    unit,
  );
}

/** File sizes in the units people see in their file manager. */
export function fileSize(bytes: number): string {
  const [unit, value] =
    bytes < 1_000_000 ? (['kilobyte', bytes / 1000] as const) : (['megabyte', bytes / 1e6] as const);
  return cached(
    `size ${unit}`,
    (tag) =>
      new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }),
  ).format(value);
}

/** Digits in groups as people read an order number: 4812553 as 4 812 553; anything else as it is. */
export function orderNumber(number: string): string {
  return /^\d{5,}$/.test(number) ? number.replace(/\B(?=(\d{3})+$)/g, '\u202f') : number;
}

/** A moment of this computer as people say it: "aujourd’hui 09:44", "hier 18:20", "3 nov. 08:00". */
export function nearMomentHere(
  instant: string,
  nowMs: number,
  zone = Intl.DateTimeFormat().resolvedOptions().timeZone,
): string {
  const numeric = dateFormat('numeric', zone);
  const day = numeric.format(new Date(instant));
  const back = [0, 1].find((days) => numeric.format(nowMs - days * 86_400_000) === day);
  if (back === undefined) return momentHere(instant, zone);
  const near = cached('near day', (tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }));
  return `${near.format(-back, 'day')} ${time(instant, zone)}`;
}
