import { z } from 'zod';
import { MOST_BASKET_LINES } from '../../domain/basket.ts';
import { Uuid } from '../../domain/ids.ts';
import { mutator, refuse } from '../mutator.ts';
import type { News } from './edit.ts';
import { keepEdited, overrules } from './edit.ts';
import { vehicleOf } from './lines.ts';
import { Quantity, TypedPart } from './typed.ts';

/**
 * Set on two devices, the later push wins and says so. A line that was removed meanwhile comes back, with the part and the vehicle that
 * the change carries. The base is null when the person knew that the line was gone.
 */
export const setQuantity = mutator({
  name: 'basket.setQuantity',
  args: z.strictObject({
    basketId: Uuid,
    lineId: Uuid,
    quantity: Quantity,
    part: TypedPart,
    vehicleId: Uuid.optional(),
  }),
  base: z.int().nullable(),
  reads: ({ basketId, vehicleId }) => [
    { type: 'basket', id: basketId },
    ...(vehicleId === undefined ? [] : [{ type: 'vehicle' as const, id: vehicleId }]),
  ],
  subject: ({ basketId }) => ({ type: 'basket', id: basketId }),
  marks: ({ lineId }) => [`line:${lineId}`],
  seen: (read, { basketId, lineId }) => {
    const basket = read('basket', basketId);
    return basket && (basket.lines.find(({ id }) => id === lineId)?.quantity ?? null);
  },
  run: (read, { basketId, lineId, quantity, part, vehicleId }, context) => {
    const basket = read('basket', basketId);
    if (!basket) return refuse('not_found');
    const index = basket.lines.findIndex(({ id }) => id === lineId);
    const line = basket.lines[index];
    if (line) {
      const news: News | undefined = overrules(context, line.quantity, quantity)
        ? { kind: 'quantity_changed', kept: String(quantity), lost: String(line.quantity), line }
        : undefined;
      const lines = basket.lines.with(index, { ...line, quantity });
      return keepEdited(basketId, basket, { ...basket, lines }, context, news);
    }
    if (basket.lines.length >= MOST_BASKET_LINES) return refuse('too_many');
    if (vehicleId !== undefined && !read('vehicle', vehicleId))
      return refuse('not_found', { field: 'vehicleId' });
    const back = { id: lineId, ...part, quantity, ...vehicleOf({ vehicleId }) };
    const unseen = context.base !== undefined && context.base !== null;
    return keepEdited(
      basketId,
      basket,
      { ...basket, lines: [...basket.lines, back] },
      context,
      unseen ? { kind: 'line_restored', line: back } : undefined,
    );
  },
  inverse: (read, args) => {
    const { basketId, lineId, quantity: base } = args;
    const line = read('basket', basketId)?.lines.find(({ id }) => id === lineId);
    return line
      ? { name: 'basket.setQuantity', args: { ...args, quantity: line.quantity }, base }
      : { name: 'basket.removeLine', args: { basketId, lineId }, base };
  },
});
