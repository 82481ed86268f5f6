import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { withField } from '../field.ts';
import { mutator, refuse } from '../mutator.ts';
import { keepEdited } from './edit.ts';

/** The vehicle of one line; null for the basket's own. The line keeps its id, so that other changes still find it. */
export const assignLine = mutator({
  name: 'basket.assignLine',
  args: z.strictObject({ basketId: Uuid, lineId: Uuid, vehicleId: Uuid.nullable() }),
  reads: ({ basketId, vehicleId }) => [
    { type: 'basket', id: basketId },
    ...(vehicleId === null ? [] : [{ type: 'vehicle' as const, id: vehicleId }]),
  ],
  subject: ({ basketId }) => ({ type: 'basket', id: basketId }),
  marks: ({ lineId }) => [`line:${lineId}`],
  run: (read, { basketId, lineId, vehicleId }, context) => {
    const basket = read('basket', basketId);
    if (!basket) return refuse('not_found');
    const index = basket.lines.findIndex(({ id }) => id === lineId);
    const line = basket.lines[index];
    if (!line) return refuse('not_found', { field: 'lineId' });
    if (vehicleId !== null && !read('vehicle', vehicleId)) return refuse('not_found', { field: 'vehicleId' });
    const lines = basket.lines.with(index, withField(line, 'vehicleId', vehicleId));
    return keepEdited(basketId, basket, { ...basket, lines }, context);
  },
  inverse: (read, { basketId, lineId }) => {
    const line = read('basket', basketId)?.lines.find(({ id }) => id === lineId);
    return (
      line && {
        name: 'basket.assignLine',
        args: { basketId, lineId, vehicleId: line.vehicleId ?? null },
      }
    );
  },
});
