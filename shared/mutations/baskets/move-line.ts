import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { mutator, refuse, writes } from '../mutator.ts';
import { keepEdited } from './edit.ts';

/** Puts a line behind another one, or on top. Where that other one is gone, the line stays where it is. */
export const moveLine = mutator({
  name: 'basket.moveLine',
  args: z.strictObject({ basketId: Uuid, lineId: Uuid, after: Uuid.nullable() }),
  reads: ({ basketId }) => [{ type: 'basket', id: basketId }],
  subject: ({ basketId }) => ({ type: 'basket', id: basketId }),
  marks: ({ lineId }) => [`line:${lineId}`],
  run: (read, { basketId, lineId, after }, context) => {
    const basket = read('basket', basketId);
    if (!basket) return refuse('not_found');
    const index = basket.lines.findIndex(({ id }) => id === lineId);
    const line = basket.lines[index];
    if (!line) return refuse('not_found', { field: 'lineId' });
    const lines = basket.lines.toSpliced(index, 1);
    const anchor = after === null ? -1 : lines.findIndex(({ id }) => id === after);
    if (after !== null && anchor === -1) return writes();
    lines.splice(anchor + 1, 0, line);
    return keepEdited(basketId, basket, { ...basket, lines }, context);
  },
  inverse: (read, { basketId, lineId }) => {
    const lines = read('basket', basketId)?.lines ?? [];
    const index = lines.findIndex(({ id }) => id === lineId);
    const after = lines[index - 1]?.id ?? null;
    return index === -1 ? undefined : { name: 'basket.moveLine', args: { basketId, lineId, after } };
  },
});
