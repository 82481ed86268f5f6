import type { CalendarDate } from '#shared/domain/time.ts';

/** A day of the shop's calendar as a number: days since 1 January 1970. */
export type Day = number;

const MS_PER_DAY = 86_400_000;
const MS_PER_MINUTE = 60_000;
const HOUR = 3_600_000;

const dates = new Map<Day, CalendarDate>();

export const dayOf = (date: CalendarDate): Day => Date.parse(`${date}T00:00:00.000Z`) / MS_PER_DAY;

export function dateOf(day: Day): CalendarDate {
  let date = dates.get(day);
  if (date === undefined) {
    date = new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
    dates.set(day, date);
  }
  return date;
}

/** 0 = Sunday. */
export const weekdayOf = (day: Day): number => (((day + 4) % 7) + 7) % 7;

/** 0 = January. */
export const monthOf = (day: Day): number => Number(dateOf(day).slice(5, 7)) - 1;

const summers = new Map<number, { from: number; to: number }>();

/** Summer time lasts from 01:00 UTC of March's last Sunday to that of October's (directive 2000/84/EC). */
function summerOf(year: number): { from: number; to: number } {
  let summer = summers.get(year);
  if (!summer) {
    const lastSunday = (month: number): number => {
      const last = Date.UTC(year, month + 1, 0) / MS_PER_DAY;
      return (last - weekdayOf(last)) * MS_PER_DAY + HOUR;
    };
    summer = { from: lastSunday(2), to: lastSunday(9) };
    summers.set(year, summer);
  }
  return summer;
}

/** How far Europe/Paris is ahead of UTC at a moment, in milliseconds. Intl gives the same, a hundred times slower. */
export function parisOffset(ms: number): number {
  const { from, to } = summerOf(new Date(ms).getUTCFullYear());
  return ms >= from && ms < to ? 2 * HOUR : HOUR;
}

export const parisDay = (ms: number): Day => Math.floor((ms + parisOffset(ms)) / MS_PER_DAY);

/** Minutes since midnight in Paris. */
export const parisMinutes = (ms: number): number => ((ms + parisOffset(ms)) % MS_PER_DAY) / MS_PER_MINUTE;

/** The moment when Paris clocks show that day and that many minutes after midnight. */
export function parisMoment(day: Day, minutes: number): number {
  const local = day * MS_PER_DAY + Math.round(minutes * MS_PER_MINUTE);
  return local - parisOffset(local - HOUR);
}

/** French public holidays with a fixed date (code du travail, L3133-1), as month-day. */
const HOLIDAYS = new Set(['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25']);

/** Warehouses and carriers work Monday to Saturday, not on public holidays. */
export function isWorkingDay(day: Day): boolean {
  return weekdayOf(day) !== 0 && !HOLIDAYS.has(dateOf(day).slice(5));
}

/** The working day that many working days later; 0 gives the day itself when it is one, else the next. */
export function workingDayAfter(day: Day, count: number): Day {
  let result = day;
  while (!isWorkingDay(result)) result += 1;
  for (let left = count; left > 0; left -= 1) {
    result += 1;
    while (!isWorkingDay(result)) result += 1;
  }
  return result;
}
