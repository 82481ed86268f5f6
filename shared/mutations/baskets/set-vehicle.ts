import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { withField } from '../field.ts';
import { mutator, refuse } from '../mutator.ts';
import { keepEdited } from './edit.ts';

/** The vehicle that a basket's lines are for, save those with their own. The later push wins. */
export const setBasketVehicle = mutator({
  name: 'basket.setVehicle',
  args: z.strictObject({ id: Uuid, vehicleId: Uuid.nullable() }),
  reads: ({ id, vehicleId }) => [
    { type: 'basket', id },
    ...(vehicleId === null ? [] : [{ type: 'vehicle' as const, id: vehicleId }]),
  ],
  subject: ({ id }) => ({ type: 'basket', id }),
  marks: () => ['vehicleId'],
  run: (read, { id, vehicleId }, context) => {
    const basket = read('basket', id);
    if (!basket) return refuse('not_found');
    if (vehicleId !== null && !read('vehicle', vehicleId)) return refuse('not_found', { field: 'vehicleId' });
    return keepEdited(id, basket, withField(basket, 'vehicleId', vehicleId), context);
  },
  inverse: (read, { id }) => {
    const basket = read('basket', id);
    return basket && { name: 'basket.setVehicle', args: { id, vehicleId: basket.vehicleId ?? null } };
  },
});
