import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { mutator, refuse, writes } from '../mutator.ts';
import { keepEdited } from './edit.ts';
import { asAdded, linesWithout } from './lines.ts';
import { Quantity } from './typed.ts';

/** Takes an adding back. A delta like the adding, so that what others added to the same lines meanwhile stays. */
export const takeLines = mutator({
  name: 'basket.takeLines',
  args: z.strictObject({
    basketId: Uuid,
    lines: z
      .array(z.strictObject({ lineId: Uuid, quantity: Quantity }))
      .min(1)
      .max(200),
  }),
  reads: ({ basketId }) => [{ type: 'basket', id: basketId }],
  subject: ({ basketId }) => ({ type: 'basket', id: basketId }),
  marks: ({ lines }) => [...new Set(lines.map(({ lineId }) => `line:${lineId}`))],
  run: (read, { basketId, lines }, context) => {
    const basket = read('basket', basketId);
    if (!basket) return refuse('not_found');
    const taken = new Set(lines.map(({ lineId }) => lineId));
    if (!basket.lines.some(({ id }) => taken.has(id))) return writes();
    return keepEdited(basketId, basket, { ...basket, lines: linesWithout(basket.lines, lines) }, context);
  },
  inverse: (read, { basketId, lines }) => {
    const basket = read('basket', basketId);
    if (!basket) return undefined;
    const wanted = new Map<Uuid, number>();
    for (const { lineId, quantity } of lines) wanted.set(lineId, (wanted.get(lineId) ?? 0) + quantity);
    const back = basket.lines
      .filter(({ id }) => wanted.has(id))
      .map((line) => ({
        ...asAdded(line),
        quantity: Math.min(line.quantity, wanted.get(line.id) ?? 0),
      }));
    return back.length === 0
      ? { name: 'noop', args: {} }
      : { name: 'basket.addLines', args: { basketId, lines: back } };
  },
});
