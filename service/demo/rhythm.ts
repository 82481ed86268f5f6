import { monthOf, parisMoment, weekdayOf, type Day } from './calendar.ts';
import type { Prng } from './prng.ts';

type Share = readonly number[];

/** Relative numbers of orders, for Sunday to Saturday, January to December, and each hour of the day. */
interface Rhythm {
  weekdays: Share;
  months: Share;
  hours: Share;
}

const GARAGE: Rhythm = {
  weekdays: [0.03, 1.25, 1.15, 1.05, 1.1, 1, 0.35],
  months: [1.05, 1, 1.05, 1.02, 0.95, 1.05, 0.95, 0.45, 1.05, 1.1, 1.2, 1.1],
  hours: [0, 0, 0, 0, 0, 0.1, 1, 4, 10, 12, 12, 10, 5, 6, 10, 10, 9, 7, 3, 1, 0.5, 0.3, 0.1, 0],
};

const PRIVATE: Rhythm = {
  weekdays: [0.5, 1, 0.9, 0.9, 0.9, 0.9, 1.4],
  months: [1, 0.9, 1.1, 1.1, 1, 1, 1, 0.5, 1, 1.1, 1.1, 0.9],
  hours: [0.5, 0.1, 0, 0, 0, 0, 0.3, 2, 4, 5, 5, 5, 6, 6, 5, 5, 5, 5, 6, 7, 9, 9, 6, 2],
};

/** Moments from the first day to the last, in rising order, following the weeks, seasons and hours of such customers. */
export function* moments(options: {
  count: number;
  from: Day;
  lastDay: Day;
  garage: boolean;
  rng: Prng;
}): Generator<number> {
  const { count, from, lastDay, garage, rng } = options;
  const rhythm = garage ? GARAGE : PRIVATE;
  const hours = cumulative(rhythm.hours);
  const dayWeights: number[] = [];
  for (let day = from; day <= lastDay; day += 1) {
    const growth = 0.85 + (0.3 * (day - from)) / Math.max(1, lastDay - from);
    dayWeights.push((rhythm.weekdays[weekdayOf(day)] ?? 0) * (rhythm.months[monthOf(day)] ?? 0) * growth);
  }
  const days = cumulative(dayWeights);
  let previous = 0;
  for (let i = 0; i < count; i += 1) {
    // One draw in each of `count` equal slices of probability: sorted without keeping or sorting anything.
    const { index, rest } = invert(days, (i + rng.float()) / count);
    const hour = invert(hours, rest);
    const wanted = parisMoment(from + index, (hour.index + hour.rest) * 60);
    previous = Math.max(previous + 1, wanted);
    yield previous;
  }
}

function cumulative(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  return weights.map((weight) => (sum += weight) / total);
}

/** Where in the distribution a probability falls: which slot, and how far into it (0 to 1). */
function invert(sums: readonly number[], probability: number): { index: number; rest: number } {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 1) > probability) high = middle;
    else low = middle + 1;
  }
  const start = low === 0 ? 0 : (sums[low - 1] ?? 0);
  const width = (sums[low] ?? 1) - start;
  return {
    index: low,
    rest: width > 0 ? Math.min(0.999_999, Math.max(0, (probability - start) / width)) : 0,
  };
}
