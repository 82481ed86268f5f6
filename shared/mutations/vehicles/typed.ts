import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { lineOf, noteOf } from '../../domain/text.ts';
import { CalendarDate } from '../../domain/time.ts';
import { normalisePlate } from '../../domain/plate.ts';
import type { Vehicle } from '../../domain/vehicle.ts';
import { MOST_MILEAGES } from '../../domain/vehicle.ts';
import { normaliseVin } from '../../domain/vin.ts';

/* Vehicles as people type them: plates and VINs in any usual writing. */

/** Takes what a normaliser makes of a text; what it makes nothing of is invalid. */
const normalisedBy = (normalise: (typed: string) => string | undefined) =>
  lineOf(60).transform((typed, context) => {
    const value = normalise(typed);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: 'form' });
    return z.NEVER;
  });

export const TypedPlate = normalisedBy(normalisePlate);
export const TypedVin = normalisedBy(normaliseVin);
export const Kilometres = z.int().min(0).max(5_000_000);

export const vehicleFields = {
  plate: TypedPlate,
  vin: TypedVin,
  make: lineOf(60),
  model: lineOf(80),
  engine: lineOf(80),
  firstRegistration: CalendarDate,
  customerName: lineOf(120),
  notes: noteOf(4000),
} as const;

export const TypedVehicle = z
  .strictObject({
    ...vehicleFields,
    mileages: z
      .array(z.strictObject({ on: CalendarDate, kilometres: Kilometres }))
      .max(MOST_MILEAGES)
      .optional(),
  })
  .partial({ vin: true, engine: true, firstRegistration: true, customerName: true, notes: true });
export type TypedVehicle = z.output<typeof TypedVehicle>;

type Mileage = Vehicle['mileages'][number];

/** Readings by day, the oldest first; of one day the higher stays, so that it does not matter which was written down first. */
export function withMileage(mileages: readonly Mileage[], added: readonly Mileage[]): Mileage[] {
  const byDay = new Map<string, number>();
  for (const { on, kilometres } of [...mileages, ...added])
    byDay.set(on, Math.max(kilometres, byDay.get(on) ?? 0));
  return [...byDay].map(([on, kilometres]) => ({ on, kilometres })).sort((a, b) => (a.on < b.on ? -1 : 1));
}

/** The value of a vehicle as it is kept. */
export function vehicleFrom(typed: TypedVehicle): Vehicle {
  const { mileages = [], ...fields } = typed;
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return { ...(given as typeof fields), mileages: withMileage([], mileages) };
}

export const AddedVehicle = z.strictObject({ id: Uuid, vehicle: TypedVehicle });
export type AddedVehicle = z.output<typeof AddedVehicle>;
