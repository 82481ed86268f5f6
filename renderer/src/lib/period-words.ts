import { m } from '#shared/i18n/generated/messages.js';
import * as format from './format.ts';
import type { Period, PeriodName } from './period.ts';

export const periodName: Record<PeriodName, () => string> = {
  all: m.app_period_all,
  months_3: m.app_period_months_3,
  months_12: m.app_period_months_12,
  this_year: m.app_period_this_year,
  last_year: m.app_period_last_year,
  custom: m.app_period_custom,
};

/** What a period's button says. */
export function periodLabel(period: Period): string {
  if (period.name !== 'custom') return periodName[period.name]();
  const { from, to } = period;
  if (from && to)
    return m.app_period_from_to({ from: format.day(from, 'numeric'), to: format.day(to, 'numeric') });
  if (from) return m.app_period_from({ from: format.day(from, 'numeric') });
  if (to) return m.app_period_to({ to: format.day(to, 'numeric') });
  return m.app_period_custom();
}
