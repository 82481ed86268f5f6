import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { CalendarDate } from '../../domain/time.ts';
import { MOST_MILEAGES } from '../../domain/vehicle.ts';
import { mutator, refuse, writes } from '../mutator.ts';
import { same } from '../same.ts';
import { Kilometres, withMileage } from './typed.ts';

/** Of one day the higher reading stays, so that it does not matter whose came first. */
export const recordMileage = mutator({
  name: 'vehicle.recordMileage',
  args: z.strictObject({ id: Uuid, on: CalendarDate, kilometres: Kilometres }),
  reads: ({ id }) => [{ type: 'vehicle', id }],
  subject: ({ id }) => ({ type: 'vehicle', id }),
  marks: ({ on }) => [`mileage:${on}`],
  run: (read, { id, on, kilometres }) => {
    const vehicle = read('vehicle', id);
    if (!vehicle) return refuse('not_found');
    const mileages = withMileage(vehicle.mileages, [{ on, kilometres }]);
    if (mileages.length > MOST_MILEAGES) return refuse('too_many');
    return same(mileages, vehicle.mileages)
      ? writes()
      : writes({ op: 'put', type: 'vehicle', id, value: { ...vehicle, mileages } });
  },
  inverse: (read, { id, on, kilometres: base }) => {
    const vehicle = read('vehicle', id);
    const before = vehicle?.mileages.find((reading) => reading.on === on)?.kilometres;
    if (before === undefined) return { name: 'vehicle.removeMileage', args: { id, on }, base };
    return before >= base
      ? { name: 'noop', args: {} }
      : { name: 'vehicle.removeMileage', args: { id, on, instead: before }, base };
  },
});
