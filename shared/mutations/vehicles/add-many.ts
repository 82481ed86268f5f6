import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { mutator, refuse, writes } from '../mutator.ts';
import { TypedVehicle, vehicleFrom } from './typed.ts';

const Added = z.strictObject({ id: Uuid, vehicle: TypedVehicle });

/** A part of an import: all of its vehicles are added, or none. */
export const addVehicles = mutator({
  name: 'vehicle.addMany',
  args: z.strictObject({ vehicles: z.tuple([Added], Added).refine(({ length }) => length <= 100) }),
  reads: ({ vehicles }) => vehicles.map(({ id }) => ({ type: 'vehicle', id })),
  subject: ({ vehicles }) => ({ type: 'vehicle', id: vehicles[0].id }),
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
});
