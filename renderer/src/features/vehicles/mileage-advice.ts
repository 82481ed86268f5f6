import type { Vehicle } from '#shared/domain/vehicle.ts';
import { m } from '#shared/i18n/generated/messages.js';
import type { Advice } from '#lib/advice.ts';
import * as format from '#lib/format.ts';

export type Reading = Vehicle['mileages'][number];
const MOST_KILOMETRES = 5_000_000;

/** Digits in any usual grouping, with or without "km"; undefined for what is no distance in kilometres. */
export function kilometresOf(typed: string): number | undefined {
  const text = typed.trim().replace(/\s*km$/i, '');
  if (!/^\d{1,3}(?:[\s.,'’]?\d{3})*$|^\d+$/.test(text)) return undefined;
  const kilometres = Number(text.replace(/\D/g, ''));
  return kilometres <= MOST_KILOMETRES ? kilometres : undefined;
}

/** What is odd about a new reading beside those there are. An odometer that goes back is replaced or misread: a person knows which. */
export function readingAdvice(
  readings: readonly Reading[],
  { on, kilometres }: Reading,
  today: string,
): Advice | undefined {
  if (on > today) return { tone: 'bad', text: m.vehicles_reading_future() };
  const same = readings.find((reading) => reading.on === on);
  if (same) {
    return {
      tone: 'warn',
      text: m.vehicles_reading_same_day({ kilometres: format.count(same.kilometres) }),
    };
  }
  const words = (reading: Reading): { date: string; kilometres: string } => ({
    date: format.day(reading.on),
    kilometres: format.count(reading.kilometres),
  });
  const before = readings.filter((reading) => reading.on < on && reading.kilometres > kilometres).at(-1);
  if (before) return { tone: 'warn', text: m.vehicles_reading_lower(words(before)) };
  const after = readings.find((reading) => reading.on > on && reading.kilometres < kilometres);
  if (after) return { tone: 'warn', text: m.vehicles_reading_higher(words(after)) };
  return undefined;
}
