import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { fieldConflict, withField } from '../field.ts';
import { mutator, refuse, writes } from '../mutator.ts';
import { vehicleFields } from './typed.ts';

const setting = <F extends keyof typeof vehicleFields, V extends z.ZodType>(field: F, value: V) =>
  z.strictObject({ id: Uuid, field: z.literal(field), value });

export const setVehicleField = mutator({
  name: 'vehicle.setField',
  args: z.discriminatedUnion('field', [
    setting('plate', vehicleFields.plate),
    setting('make', vehicleFields.make),
    setting('model', vehicleFields.model),
    setting('vin', vehicleFields.vin.nullable()),
    setting('engine', vehicleFields.engine.nullable()),
    setting('firstRegistration', vehicleFields.firstRegistration.nullable()),
    setting('customerName', vehicleFields.customerName.nullable()),
    setting('notes', vehicleFields.notes.nullable()),
  ]),
  base: z.string().max(4000).nullable(),
  reads: ({ id }) => [{ type: 'vehicle', id }],
  subject: ({ id }) => ({ type: 'vehicle', id }),
  marks: ({ field }) => [field],
  seen: (read, { id, field }) => {
    const vehicle = read('vehicle', id);
    return vehicle && (vehicle[field] ?? null);
  },
  run: (read, { id, field, value }, context) => {
    const vehicle = read('vehicle', id);
    if (!vehicle) return refuse('not_found');
    const present = vehicle[field] ?? null;
    return (
      fieldConflict(context, present, value) ??
      (present === value
        ? writes()
        : writes({ op: 'put', type: 'vehicle', id, value: withField(vehicle, field, value) }))
    );
  },
  inverse: (read, { id, field, value: base }) => {
    const vehicle = read('vehicle', id);
    return vehicle && { name: 'vehicle.setField', args: { id, field, value: vehicle[field] ?? null }, base };
  },
});
