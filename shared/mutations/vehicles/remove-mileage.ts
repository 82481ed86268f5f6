import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { CalendarDate } from '../../domain/time.ts';
import { MOST_MILEAGES } from '../../domain/vehicle.ts';
import { fieldConflict } from '../field.ts';
import { mutator, refuse, writes } from '../mutator.ts';
import { same } from '../same.ts';
import { Kilometres, withMileage } from './typed.ts';

/** Takes away a reading that was wrong, with the right one in its place where it is known: a lower one cannot simply be recorded. */
export const removeMileage = mutator({
  name: 'vehicle.removeMileage',
  args: z.strictObject({ id: Uuid, on: CalendarDate, instead: Kilometres.optional() }),
  base: z.int(),
  reads: ({ id }) => [{ type: 'vehicle', id }],
  subject: ({ id }) => ({ type: 'vehicle', id }),
  marks: ({ on }) => [`mileage:${on}`],
  seen: (read, { id, on }) => read('vehicle', id)?.mileages.find((reading) => reading.on === on)?.kilometres,
  run: (read, { id, on, instead }, context) => {
    const vehicle = read('vehicle', id);
    if (!vehicle) return refuse('not_found');
    const present = vehicle.mileages.find((reading) => reading.on === on)?.kilometres;
    if (present === undefined && instead === undefined) return writes();
    const conflict = fieldConflict(context, present ?? null, instead ?? null);
    if (conflict) return conflict;
    const others = vehicle.mileages.filter((reading) => reading.on !== on);
    const mileages = withMileage(others, instead === undefined ? [] : [{ on, kilometres: instead }]);
    if (mileages.length > MOST_MILEAGES) return refuse('too_many');
    return same(mileages, vehicle.mileages)
      ? writes()
      : writes({ op: 'put', type: 'vehicle', id, value: { ...vehicle, mileages } });
  },
  inverse: (read, { id, on, instead }) => {
    const before = read('vehicle', id)?.mileages.find((reading) => reading.on === on)?.kilometres;
    if (before === undefined)
      return instead === undefined
        ? { name: 'noop', args: {} }
        : { name: 'vehicle.removeMileage', args: { id, on }, base: instead };
    return instead === undefined || instead <= before
      ? { name: 'vehicle.recordMileage', args: { id, on, kilometres: before } }
      : { name: 'vehicle.removeMileage', args: { id, on, instead: before }, base: instead };
  },
});
