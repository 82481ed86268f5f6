import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { mutator, refuse, writes } from '../mutator.ts';
import { TypedVehicle, vehicleFrom } from './typed.ts';

/** Two vehicles may have one plate: a plate is sold on. The screens warn. */
export const addVehicle = mutator({
  name: 'vehicle.add',
  args: z.strictObject({ id: Uuid, vehicle: TypedVehicle }),
  reads: ({ id }) => [{ type: 'vehicle', id }],
  subject: ({ id }) => ({ type: 'vehicle', id }),
  run: (read, { id, vehicle }) =>
    read('vehicle', id)
      ? refuse('duplicate')
      : writes({ op: 'put', type: 'vehicle', id, value: vehicleFrom(vehicle) }),
});
