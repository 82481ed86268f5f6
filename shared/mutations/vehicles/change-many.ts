import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { CalendarDate } from '../../domain/time.ts';
import type { Vehicle } from '../../domain/vehicle.ts';
import { MOST_MILEAGES } from '../../domain/vehicle.ts';
import { fieldConflict, withField } from '../field.ts';
import type { Context, Outcome } from '../mutator.ts';
import { mutator, refuse, writes } from '../mutator.ts';
import { same } from '../same.ts';
import { Kilometres, vehicleFields, withMileage } from './typed.ts';

const Fields = z
  .strictObject({
    ...vehicleFields,
    vin: vehicleFields.vin.nullable(),
    engine: vehicleFields.engine.nullable(),
    firstRegistration: vehicleFields.firstRegistration.nullable(),
    customerName: vehicleFields.customerName.nullable(),
    notes: vehicleFields.notes.nullable(),
  })
  .partial();
type Field = keyof z.output<typeof Fields>;

const Changed = z.strictObject({
  id: Uuid,
  fields: Fields,
  mileage: z.strictObject({ on: CalendarDate, kilometres: Kilometres }).optional(),
  /** A reading that is taken back, and the one of that day before it; null for none. Where another one stands by now, it stays. */
  mileageBack: z
    .strictObject({ on: CalendarDate, recorded: Kilometres.nullable(), before: Kilometres.nullable() })
    .optional(),
});
type Changed = z.output<typeof Changed>;

/** What the person saw of the fields that change, of one vehicle after the other; null for a field without a value. */
const Seen = z.array(
  z.partialRecord(z.enum(Object.keys(vehicleFields) as [Field, ...Field[]]), z.string().max(4000).nullable()),
);

/**
 * A part of an import: all of it is made, or, where somebody has changed one of those fields meanwhile, none, and the person decides about
 * it as one. Readings of the odometer meet no conflict: of one day the higher stays.
 */
export const changeVehicles = mutator({
  name: 'vehicle.changeMany',
  args: z.strictObject({ vehicles: z.array(Changed).min(1).max(100) }),
  base: Seen,
  reads: ({ vehicles }) => vehicles.map(({ id }) => ({ type: 'vehicle', id })),
  subject: ({ vehicles }) => ({ type: 'vehicle', id: (vehicles[0] as Changed).id }),
  marks: ({ vehicles: [first] }) => {
    const { fields, mileage, mileageBack } = first as Changed;
    const days = [mileage, mileageBack].flatMap((reading) => reading?.on ?? []);
    return [...fieldsOf(fields), ...days.map((on) => `mileage:${on}`)];
  },
  seen: (read, { vehicles }) =>
    vehicles.map(({ id, fields }) => {
      const vehicle = read('vehicle', id);
      return Object.fromEntries(
        vehicle ? fieldsOf(fields).map((field) => [field, vehicle[field] ?? null]) : [],
      );
    }),
  run: (read, { vehicles }, context) => {
    const changed = new Map<Uuid, Vehicle>();
    for (const [index, change] of vehicles.entries()) {
      if (changed.has(change.id)) return refuse('duplicate', { field: `vehicles.${index}.id` });
      const vehicle = read('vehicle', change.id);
      if (!vehicle) return refuse('not_found', { field: `vehicles.${index}.id` });
      const conflict = conflictOf(vehicle, change, context, index);
      if (conflict) return conflict;
      const value = applied(vehicle, change);
      if (value.mileages.length > MOST_MILEAGES)
        return refuse('too_many', { field: `vehicles.${index}.mileage` });
      changed.set(change.id, value);
    }
    return writes(
      ...[...changed].flatMap(([id, value]) =>
        same(value, read('vehicle', id)) ? [] : [{ op: 'put' as const, type: 'vehicle' as const, id, value }],
      ),
    );
  },
  inverse: (read, { vehicles }) => {
    const before = vehicles.map((change) => inverseOf(read('vehicle', change.id), change));
    return before.every((change) => change !== undefined)
      ? { name: 'vehicle.changeMany', args: { vehicles: before }, base: vehicles.map(({ fields }) => fields) }
      : undefined;
  },
});

const fieldsOf = (fields: Changed['fields']): Field[] =>
  (Object.keys(fields) as Field[]).filter((field) => fields[field] !== undefined);

function conflictOf(
  vehicle: Vehicle,
  { fields }: Changed,
  { mode, base }: Context<z.output<typeof Seen>>,
  index: number,
): Extract<Outcome, { ok: false }> | undefined {
  for (const field of fieldsOf(fields)) {
    const seen = base?.[index]?.[field];
    const conflict = fieldConflict({ mode, base: seen }, vehicle[field] ?? null, fields[field]);
    if (!conflict) continue;
    const { kind, present } = conflict.refusal;
    return refuse(kind, { field: `vehicles.${index}.fields.${field}`, present });
  }
  return undefined;
}

function applied(vehicle: Vehicle, { fields, mileage, mileageBack }: Changed): Vehicle {
  const value = fieldsOf(fields).reduce<Vehicle>(
    (next, field) => withField(next, field, fields[field]),
    vehicle,
  );
  const standing = readingOf(value, mileageBack?.on);
  const back = mileageBack?.recorded === standing ? mileageBack : undefined;
  const others = value.mileages.filter(({ on }) => on !== back?.on);
  const before = back && back.before !== null ? [{ on: back.on, kilometres: back.before }] : [];
  const mileages = withMileage(others, [...before, ...(mileage ? [mileage] : [])]);
  return same(mileages, value.mileages) ? value : { ...value, mileages };
}

const readingOf = ({ mileages }: Vehicle, day: string | undefined): number | null =>
  mileages.find(({ on }) => on === day)?.kilometres ?? null;

/** What puts the fields and the readings back. */
function inverseOf(vehicle: Vehicle | undefined, change: Changed): Changed | undefined {
  if (!vehicle) return undefined;
  const { id, fields, mileage, mileageBack } = change;
  const before = Object.fromEntries(fieldsOf(fields).map((field) => [field, vehicle[field] ?? null]));
  const on = (mileage ?? mileageBack)?.on;
  if (on === undefined) return { id, fields: before };
  const recorded = readingOf(applied(vehicle, change), on);
  return { id, fields: before, mileageBack: { on, recorded, before: readingOf(vehicle, on) } };
}
