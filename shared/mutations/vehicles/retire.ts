import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { CalendarDate } from '../../domain/time.ts';
import { fieldConflict } from '../field.ts';
import { mutator, refuse, writes } from '../mutator.ts';

/** Sold or scrapped: kept for its history. */
export const retireVehicle = mutator({
  name: 'vehicle.retire',
  args: z.strictObject({ id: Uuid, on: CalendarDate }),
  base: CalendarDate.nullable(),
  reads: ({ id }) => [{ type: 'vehicle', id }],
  subject: ({ id }) => ({ type: 'vehicle', id }),
  marks: () => ['retiredOn'],
  seen: (read, { id }) => {
    const vehicle = read('vehicle', id);
    return vehicle && (vehicle.retiredOn ?? null);
  },
  run: (read, { id, on }, context) => {
    const vehicle = read('vehicle', id);
    if (!vehicle) return refuse('not_found');
    return (
      fieldConflict(context, vehicle.retiredOn ?? null, on) ??
      (vehicle.retiredOn === on
        ? writes()
        : writes({ op: 'put', type: 'vehicle', id, value: { ...vehicle, retiredOn: on } }))
    );
  },
  inverse: (read, { id, on: base }) => {
    const on = read('vehicle', id)?.retiredOn;
    return on === undefined
      ? { name: 'vehicle.reinstate', args: { id }, base }
      : { name: 'vehicle.retire', args: { id, on }, base };
  },
});
