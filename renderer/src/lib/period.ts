import { addMonths } from '#shared/domain/calendar.ts';

export const PERIODS = ['all', 'months_3', 'months_12', 'this_year', 'last_year', 'custom'] as const;
export type PeriodName = (typeof PERIODS)[number];
export type Range = { from?: string; to?: string };
export type Period = { name: PeriodName } & Range;

/** The days that a period covers, both ends included. Periods that follow the calendar are worked out anew each day. */
export function rangeOf(period: Period, today: string): Range {
  const year = Number(today.slice(0, 4));
  switch (period.name) {
    case 'all':
      return {};
    case 'months_3':
      return { from: addMonths(today, -3) };
    case 'months_12':
      return { from: addMonths(today, -12) };
    case 'this_year':
      return { from: `${year}-01-01` };
    case 'last_year':
      return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` };
    case 'custom':
      return {
        ...(period.from === undefined ? {} : { from: period.from }),
        ...(period.to === undefined ? {} : { to: period.to }),
      };
  }
}

export function isPeriod(value: unknown): value is Period {
  if (typeof value !== 'object' || value === null) return false;
  const { name, from, to } = value as Record<string, unknown>;
  const isDay = (day: unknown): boolean =>
    day === undefined || (typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day));
  return PERIODS.includes(name as PeriodName) && isDay(from) && isDay(to);
}
