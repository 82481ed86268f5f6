/**
 * Rows of the long lists are keyed so that ascending keys are the order of the screen, newest first: the high bits count days
 * backwards, the low bits order a day's rows. The first read arrives newest first, so its rows are appended to the end of the
 * table; a period is a range of keys; and no list ever needs a sort or a second index for its order.
 */
export const SLOT_BITS = 27;
const SLOTS = 2 ** SLOT_BITS;
/** Rows of the same moment take the following slots; this many are left free at the end of a day for them. */
const SPARE_SLOTS = 2 ** 20;
const LAST_SLOT = SLOTS - 1 - SPARE_SLOTS;
const DAY_MS = 86_400_000;
/** 6 June 2149; later days (nothing honest has them) share it. Keys stay below 2^43: six bytes in a row, exact in a number. */
const LAST_DAY = 2 ** 16 - 1;

const dayNumber = (day: string): number => Math.floor(Date.parse(`${day}T00:00:00.000Z`) / DAY_MS);
const clamp = (n: number, max: number): number => Math.min(Math.max(0, n), max);

const keyOf = (day: string, slot: number): number =>
  (LAST_DAY - clamp(dayNumber(day), LAST_DAY)) * SLOTS + slot;

/** By the shop's day, then by the moment. A day of the calendar in Paris starts up to two hours before the UTC one. */
export function orderKey(placedOn: string, placedAt: string): number {
  const sinceDayStart = Date.parse(placedAt) - Date.parse(`${placedOn}T00:00:00.000Z`) + 4 * 3_600_000;
  return keyOf(placedOn, LAST_SLOT - clamp(sinceDayStart, LAST_SLOT));
}

/** By the day of issue, then by number: the digits at the end of the number count up within a day. */
export function invoiceKey(issuedOn: string, number: string): number {
  const digits = /(\d{1,8})\D*$/.exec(number)?.[1] ?? '0';
  return keyOf(issuedOn, LAST_SLOT - (Number(digits) % LAST_SLOT));
}

/** The keys of a day and of all newer days are below this one. */
export const endOfDay = (day: string): number => keyOf(day, SLOTS);
export const startOfDay = (day: string): number => keyOf(day, 0);

/** The part of a key that stands for its day: what day totals are kept under. */
export const dayIndexOf = (key: number): number => Math.floor(key / SLOTS);
export const startOfDayIndex = (dayIndex: number): number => dayIndex * SLOTS;

export function dayOf(key: number): string {
  return dayOfIndex(dayIndexOf(key));
}

/** Three years have a thousand days, and each is asked for again and again. */
const days = new Map<number, string>();
const MOST_DAYS = 10_000;

export function dayOfIndex(dayIndex: number): string {
  let day = days.get(dayIndex);
  if (day === undefined) {
    day = new Date((LAST_DAY - dayIndex) * DAY_MS).toISOString().slice(0, 10);
    if (days.size >= MOST_DAYS) days.clear();
    days.set(dayIndex, day);
  }
  return day;
}
