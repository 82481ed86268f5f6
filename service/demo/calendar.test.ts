import { describe, expect, it } from 'vitest';
import {
  dateOf,
  dayOf,
  isWorkingDay,
  parisDay,
  parisMoment,
  parisOffset,
  weekdayOf,
  workingDayAfter,
} from './calendar.ts';

const intl = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Paris',
  dateStyle: 'short',
  timeStyle: 'medium',
  hourCycle: 'h23',
});

describe('the calendar of Paris', () => {
  it('agrees with Intl through four years, both clock changes included', () => {
    for (let ms = Date.UTC(2023, 11, 31, 20, 30); ms < Date.UTC(2028, 0, 2); ms += 7_200_000) {
      const local = new Date(ms + parisOffset(ms)).toISOString();
      expect(`${local.slice(0, 10)}, ${local.slice(11, 19)}`).toBe(intl.format(ms));
      expect(dateOf(parisDay(ms))).toBe(intl.format(ms).slice(0, 10));
    }
  });

  it('finds the moment of a clock time, in winter, in summer and on the days of change', () => {
    for (const date of ['2026-01-15', '2026-03-29', '2026-07-14', '2026-10-25'])
      expect(intl.format(parisMoment(dayOf(date), 8 * 60 + 45))).toBe(`${date}, 08:45:00`);
  });

  it('skips Sundays and fixed holidays', () => {
    expect(weekdayOf(dayOf('2026-11-22'))).toBe(0);
    expect(isWorkingDay(dayOf('2026-11-22'))).toBe(false);
    expect(isWorkingDay(dayOf('2026-11-11'))).toBe(false);
    expect(isWorkingDay(dayOf('2026-11-21'))).toBe(true);
    expect(dateOf(workingDayAfter(dayOf('2026-11-21'), 1))).toBe('2026-11-23');
    expect(dateOf(workingDayAfter(dayOf('2026-11-22'), 0))).toBe('2026-11-23');
    expect(dateOf(workingDayAfter(dayOf('2026-12-24'), 1))).toBe('2026-12-26');
  });
});
