import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { withField } from '../field.ts';
import { mutator, refuse, writes } from '../mutator.ts';

/** Brings back a basket that was deleted less than 30 days ago. */
export const restoreBasket = mutator({
  name: 'basket.restore',
  args: z.strictObject({ id: Uuid }),
  reads: ({ id }) => [{ type: 'basket', id }],
  subject: ({ id }) => ({ type: 'basket', id }),
  marks: () => ['deletedAt'],
  run: (read, { id }, { at }) => {
    const basket = read('basket', id);
    if (!basket) return refuse('not_found');
    if (basket.deletedAt === undefined) return writes();
    const value = withField({ ...basket, changedAt: at, edits: basket.edits + 1 }, 'deletedAt', undefined);
    return writes({ op: 'put', type: 'basket', id, value });
  },
  inverse: (read, { id }) => {
    const basket = read('basket', id);
    return basket?.deletedAt === undefined
      ? { name: 'noop', args: {} }
      : { name: 'basket.delete', args: { id }, base: basket.edits + 1 };
  },
});
