import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { mutator, refuse, writes } from '../mutator.ts';
import { keepEdited, notices } from './edit.ts';
import { asAdded } from './lines.ts';

/** Its base is the quantity that the person saw. Somebody who changed it meanwhile wants the line: it stays. */
export const removeLine = mutator({
  name: 'basket.removeLine',
  args: z.strictObject({ basketId: Uuid, lineId: Uuid }),
  base: z.int(),
  reads: ({ basketId }) => [{ type: 'basket', id: basketId }],
  subject: ({ basketId }) => ({ type: 'basket', id: basketId }),
  marks: ({ lineId }) => [`line:${lineId}`],
  seen: (read, { basketId, lineId }) =>
    read('basket', basketId)?.lines.find(({ id }) => id === lineId)?.quantity,
  run: (read, { basketId, lineId }, context) => {
    const basket = read('basket', basketId);
    if (!basket) return refuse('not_found');
    const index = basket.lines.findIndex(({ id }) => id === lineId);
    const line = basket.lines[index];
    if (!line) return writes();
    const { base, mode } = context;
    const changed = base !== undefined && base !== line.quantity;
    if (changed && mode === 'accept') return refuse('conflict', { present: line.quantity });
    if (changed && mode === 'decide') {
      const news = { kind: 'line_kept' as const, kept: String(line.quantity), line };
      return writes(...notices(basketId, basket, [news], context));
    }
    return keepEdited(basketId, basket, { ...basket, lines: basket.lines.toSpliced(index, 1) }, context);
  },
  inverse: (read, { basketId, lineId }) => {
    const lines = read('basket', basketId)?.lines ?? [];
    const index = lines.findIndex(({ id }) => id === lineId);
    const line = lines[index];
    if (!line) return { name: 'noop', args: {} };
    const after = lines[index - 1]?.id ?? null;
    return { name: 'basket.addLines', args: { basketId, lines: [{ ...asAdded(line), lineId }], after } };
  },
});
