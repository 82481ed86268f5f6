import { z } from 'zod';
import { CalendarDate } from './time.ts';

export const MOST_MILEAGES = 500;

export const Vehicle = z.object({
  plate: z.string().min(1).max(16),
  vin: z
    .string()
    .regex(/^[A-HJ-NPR-Z0-9]{17}$/)
    .optional(),
  make: z.string().min(1).max(60),
  model: z.string().min(1).max(80),
  engine: z.string().max(80).optional(),
  firstRegistration: CalendarDate.optional(),
  mileages: z
    .array(z.object({ on: CalendarDate, kilometres: z.int().min(0).max(5_000_000) }))
    .max(MOST_MILEAGES),
  customerName: z.string().max(120).optional(),
  notes: z.string().max(4000).optional(),
  /** Sold or scrapped: kept for its history, out of the way of the lists. */
  retiredOn: CalendarDate.optional(),
});
export type Vehicle = z.infer<typeof Vehicle>;
