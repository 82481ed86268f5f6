import { mutator, refuse, writes } from '../mutator.ts';
import { AddedVehicle, vehicleFrom } from './typed.ts';

/** Two vehicles may have one plate: a plate is sold on. The screens warn. */
export const addVehicle = mutator({
  name: 'vehicle.add',
  args: AddedVehicle,
  reads: ({ id }) => [{ type: 'vehicle', id }],
  subject: ({ id }) => ({ type: 'vehicle', id }),
  run: (read, { id, vehicle }) =>
    read('vehicle', id)
      ? refuse('duplicate')
      : writes({ op: 'put', type: 'vehicle', id, value: vehicleFrom(vehicle) }),
  inverse: (_read, added) => ({ name: 'vehicle.remove', args: { vehicles: [added] } }),
});
