import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { lineOf, noteOf } from '../../domain/text.ts';
import { mutator, refuse, writes } from '../mutator.ts';
import { vehicleOf } from './lines.ts';

export const createBasket = mutator({
  name: 'basket.create',
  args: z.strictObject({
    id: Uuid,
    name: lineOf(120),
    notes: noteOf(4000).optional(),
    vehicleId: Uuid.optional(),
    isTemplate: z.boolean().optional(),
  }),
  reads: ({ id, vehicleId }) => [
    { type: 'basket', id },
    ...(vehicleId === undefined ? [] : [{ type: 'vehicle' as const, id: vehicleId }]),
  ],
  subject: ({ id }) => ({ type: 'basket', id }),
  run: (read, { id, name, notes, vehicleId, isTemplate = false }, { at }) => {
    if (read('basket', id)) return refuse('duplicate');
    if (vehicleId !== undefined && !read('vehicle', vehicleId))
      return refuse('not_found', { field: 'vehicleId' });
    const words = { name, ...(notes === undefined ? {} : { notes }), ...vehicleOf({ vehicleId }) };
    return writes({
      op: 'put',
      type: 'basket',
      id,
      value: { ...words, isTemplate, lines: [], createdAt: at, changedAt: at, edits: 0 },
    });
  },
  inverse: (_read, { id }) => ({ name: 'basket.delete', args: { id }, base: 0 }),
});
