import { z } from 'zod';
import type { Uuid } from '../../domain/ids.ts';
import { mutator, refuse, writes } from '../mutator.ts';
import { AddedVehicle, vehicleFrom } from './typed.ts';

/** A part of an import: all of its vehicles are added, or none. */
export const addVehicles = mutator({
  name: 'vehicle.addMany',
  args: z.strictObject({ vehicles: z.array(AddedVehicle).min(1).max(100) }),
  reads: ({ vehicles }) => vehicles.map(({ id }) => ({ type: 'vehicle', id })),
  subject: ({ vehicles }) => ({ type: 'vehicle', id: (vehicles[0] as AddedVehicle).id }),
  run: (read, { vehicles }) => {
    const ids = new Set<Uuid>();
    for (const [index, { id }] of vehicles.entries()) {
      if (ids.has(id) || read('vehicle', id)) return refuse('duplicate', { field: `vehicles.${index}.id` });
      ids.add(id);
    }
    return writes(
      ...vehicles.map(({ id, vehicle }) => ({
        op: 'put' as const,
        type: 'vehicle' as const,
        id,
        value: vehicleFrom(vehicle),
      })),
    );
  },
  inverse: (_read, { vehicles }) => ({ name: 'vehicle.remove', args: { vehicles } }),
});
