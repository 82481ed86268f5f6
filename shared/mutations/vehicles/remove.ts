import { z } from 'zod';
import { mutator, refuse, writes } from '../mutator.ts';
import { same } from '../same.ts';
import { AddedVehicle, vehicleFrom } from './typed.ts';

/**
 * Takes an adding back, as long as nobody has worked on the vehicles since: otherwise they stay, all of them. A vehicle that is not wanted any
 * more is retired instead.
 */
export const removeVehicles = mutator({
  name: 'vehicle.remove',
  args: z.strictObject({ vehicles: z.array(AddedVehicle).min(1).max(100) }),
  reads: ({ vehicles }) => vehicles.map(({ id }) => ({ type: 'vehicle', id })),
  subject: ({ vehicles }) => ({ type: 'vehicle', id: (vehicles[0] as AddedVehicle).id }),
  run: (read, { vehicles }, { mode }) => {
    const standing = new Map(
      vehicles.filter(({ id }) => read('vehicle', id)).map((added) => [added.id, added]),
    );
    for (const { id, vehicle } of standing.values()) {
      const present = read('vehicle', id);
      if (mode !== 'replay' && !same(present, vehicleFrom(vehicle))) return refuse('conflict', { present });
    }
    return writes(
      ...[...standing.keys()].map((id) => ({ op: 'del' as const, type: 'vehicle' as const, id })),
    );
  },
  inverse: (read, { vehicles }) => {
    const standing = vehicles.filter(({ id }) => read('vehicle', id));
    return standing.length === 0
      ? { name: 'noop', args: {} }
      : { name: 'vehicle.addMany', args: { vehicles: standing } };
  },
});
