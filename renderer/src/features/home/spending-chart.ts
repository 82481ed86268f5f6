import type { Home } from '#shared/ipc/home.ts';
import type { Bar, Series } from '#lib/month-bars.ts';

type SpendingMonth = Home['spending']['months'][number];
export type Vat = 'excl' | 'incl';

const amountOf = (entry: { exclVat: number; inclVat: number }, vat: Vat): number =>
  vat === 'excl' ? entry.exclVat : entry.inclVat;

/** Colours are few: this many vehicles stand out, the rest share one. */
export const NAMED_SERIES = 5;

/** The series of a spending chart, largest first; small vehicles and orders without one come last, together. */
export function seriesOf(spending: Home['spending'], vat: Vat): Series[] {
  const sums = new Map<string, number>();
  for (const month of spending.months) {
    for (const part of month.byVehicle) {
      sums.set(part.vehicleId, (sums.get(part.vehicleId) ?? 0) + amountOf(part, vat));
    }
  }
  const named = spending.vehicles
    .filter(({ id }) => sums.has(id))
    .sort((a, b) => (sums.get(b.id) ?? 0) - (sums.get(a.id) ?? 0))
    .slice(0, NAMED_SERIES)
    .map(({ id, plate, label }) => ({ id, plate, label }));
  const rest = [...sums.keys()].some((id) => !named.some((series) => series.id === id));
  return rest ? [...named, { id: 'rest' }] : named;
}

/** Each month as a stack in the order of the series; refunds beyond spending count as nothing in a bar's height. */
export function barsOf(months: readonly SpendingMonth[], series: readonly Series[], vat: Vat): Bar[] {
  const named = new Set(series.map(({ id }) => id));
  return months.map((month) => {
    const sums = new Map<string, number>();
    for (const part of month.byVehicle) {
      const id = named.has(part.vehicleId) ? part.vehicleId : 'rest';
      sums.set(id, (sums.get(id) ?? 0) + Math.max(0, amountOf(part, vat)));
    }
    return {
      month: month.month,
      total: amountOf(month, vat),
      parts: series.map(({ id }) => ({ id, cents: sums.get(id) ?? 0 })).filter(({ cents }) => cents > 0),
    };
  });
}
