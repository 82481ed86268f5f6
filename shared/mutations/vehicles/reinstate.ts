import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { CalendarDate } from '../../domain/time.ts';
import { fieldConflict, withField } from '../field.ts';
import { mutator, refuse, writes } from '../mutator.ts';

export const reinstateVehicle = mutator({
  name: 'vehicle.reinstate',
  args: z.strictObject({ id: Uuid }),
  base: CalendarDate.nullable(),
  reads: ({ id }) => [{ type: 'vehicle', id }],
  subject: ({ id }) => ({ type: 'vehicle', id }),
  marks: () => ['retiredOn'],
  seen: (read, { id }) => {
    const vehicle = read('vehicle', id);
    return vehicle && (vehicle.retiredOn ?? null);
  },
  run: (read, { id }, context) => {
    const vehicle = read('vehicle', id);
    if (!vehicle) return refuse('not_found');
    return (
      fieldConflict(context, vehicle.retiredOn ?? null, null) ??
      (vehicle.retiredOn === undefined
        ? writes()
        : writes({ op: 'put', type: 'vehicle', id, value: withField(vehicle, 'retiredOn', null) }))
    );
  },
  inverse: (read, { id }) => {
    const on = read('vehicle', id)?.retiredOn;
    return on === undefined
      ? { name: 'noop', args: {} }
      : { name: 'vehicle.retire', args: { id, on }, base: null };
  },
});
