import { describe, expect, it } from 'vitest';
import { addDays, addMonths, CalendarDate, Instant, toInstant } from './time.ts';

describe('addMonths', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-11-14', 24, '2028-11-14'],
    ['2026-03-15', -3, '2025-12-15'],
    ['2024-02-29', 12, '2025-02-28'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(addMonths(from, months)).toBe(to);
  });
});

describe('addDays', () => {
  it('crosses months, leap days and the change to summer time', () => {
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  });
});

describe('formats', () => {
  it('takes instants in UTC with milliseconds only', () => {
    expect(Instant.safeParse(toInstant(0)).success).toBe(true);
    for (const wrong of ['2026-11-22T10:00:00Z', '2026-11-22T10:00:00.000+01:00', '2026-11-22', ''])
      expect(Instant.safeParse(wrong).success, wrong).toBe(false);
  });

  it('refuses days that the calendar lacks', () => {
    expect(CalendarDate.safeParse('2026-02-29').success).toBe(false);
    expect(CalendarDate.safeParse('2024-02-29').success).toBe(true);
  });
});
