/** Arithmetic on `YYYY-MM-DD` days, apart from their schema so that the window can use it without carrying zod. */

/** Adds whole months; a day that the month lacks becomes its last day (31 January + 1 month = 28 February). */
export function addMonths(date: string, months: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const index = year * 12 + (month - 1) + months;
  const targetYear = Math.floor(index / 12);
  const targetMonth = index - targetYear * 12;
  const lastDay = new Date(Date.UTC(targetYear, targetMonth + 1, 0)).getUTCDate();
  return new Date(Date.UTC(targetYear, targetMonth, Math.min(day, lastDay))).toISOString().slice(0, 10);
}

export function addDays(date: string, days: number): string {
  const moment = new Date(`${date}T00:00:00.000Z`);
  moment.setUTCDate(moment.getUTCDate() + days);
  return moment.toISOString().slice(0, 10);
}

/** Milliseconds since 1970 as the text that documents carry: UTC, always with milliseconds. */
export const toInstant = (ms: number): string => new Date(ms).toISOString();
