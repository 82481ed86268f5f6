import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { mutator, refuse, writes } from '../mutator.ts';
import { notices } from './edit.ts';

/**
 * Sets a basket aside; the service removes it for good after 30 days. Its base is the number of edits that the person saw: with fewer
 * than there are, somebody's work would go unseen, so the basket stays.
 */
export const deleteBasket = mutator({
  name: 'basket.delete',
  args: z.strictObject({ id: Uuid }),
  base: z.int().min(0),
  reads: ({ id }) => [{ type: 'basket', id }],
  subject: ({ id }) => ({ type: 'basket', id }),
  marks: () => ['deletedAt'],
  seen: (read, { id }) => read('basket', id)?.edits,
  run: (read, { id }, context) => {
    const basket = read('basket', id);
    if (!basket) return refuse('not_found');
    if (basket.deletedAt !== undefined) return writes();
    const { at, base, mode } = context;
    const missedWork = base !== undefined && base < basket.edits;
    if (missedWork && mode === 'accept') return refuse('conflict', { present: basket.edits });
    if (missedWork && mode === 'decide')
      return writes(...notices(id, basket, [{ kind: 'basket_kept' }], context));
    const value = { ...basket, deletedAt: at, changedAt: at, edits: basket.edits + 1 };
    return writes({ op: 'put', type: 'basket', id, value });
  },
  inverse: (read, { id }) =>
    read('basket', id)?.deletedAt === undefined
      ? { name: 'basket.restore', args: { id } }
      : { name: 'noop', args: {} },
});
