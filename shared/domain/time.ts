import { z } from 'zod';

/** A moment: UTC, ISO-8601, always with milliseconds, so that text order is time order. */
export const Instant = z.iso.datetime({ precision: 3 });
export type Instant = z.infer<typeof Instant>;

/** A day of the calendar without time or zone, `YYYY-MM-DD`. */
export const CalendarDate = z.iso.date();
export type CalendarDate = z.infer<typeof CalendarDate>;

export { addDays, addMonths, toInstant } from './calendar.ts';
