import type { ListSummary } from '#shared/ipc/orders.ts';
import { dayOfIndex } from '../db/list-key.ts';

export interface DayTotal {
  day: number;
  count: number;
  excl: number;
  incl: number;
}

/** Day totals, newest first, added up to months and to the whole. */
export function summaryOf(days: readonly DayTotal[], currency: string): ListSummary {
  const summary: ListSummary = { count: 0, exclVat: 0, inclVat: 0, currency, months: [] };
  for (const { day, count, excl, incl } of days) {
    if (count === 0) continue;
    const name = dayOfIndex(day).slice(0, 7);
    let month = summary.months.at(-1);
    if (month?.month !== name)
      summary.months.push((month = { month: name, count: 0, exclVat: 0, inclVat: 0 }));
    for (const sums of [month, summary]) {
      sums.count += count;
      sums.exclVat += excl;
      sums.inclVat += incl;
    }
  }
  return summary;
}

/** Where the row with this offset is: its day and how far into that day. Undefined beyond the end. */
export function placeOf(
  days: readonly DayTotal[],
  offset: number,
): { day: number; within: number } | undefined {
  let left = offset;
  for (const { day, count } of days) {
    if (left < count) return { day, within: left };
    left -= count;
  }
  return undefined;
}
