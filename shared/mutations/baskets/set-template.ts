import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { mutator, refuse } from '../mutator.ts';
import { keepEdited } from './edit.ts';

export const setBasketTemplate = mutator({
  name: 'basket.setTemplate',
  args: z.strictObject({ id: Uuid, isTemplate: z.boolean() }),
  reads: ({ id }) => [{ type: 'basket', id }],
  subject: ({ id }) => ({ type: 'basket', id }),
  marks: () => ['isTemplate'],
  run: (read, { id, isTemplate }, context) => {
    const basket = read('basket', id);
    if (!basket) return refuse('not_found');
    return keepEdited(id, basket, { ...basket, isTemplate }, context);
  },
  inverse: (read, { id }) => {
    const basket = read('basket', id);
    return basket && { name: 'basket.setTemplate', args: { id, isTemplate: basket.isTemplate } };
  },
});
