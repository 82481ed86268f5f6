import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { mutator, refuse } from '../mutator.ts';
import { keepEdited } from './edit.ts';
import { lineIdOf } from './line-id.ts';
import { linesWith, targetOf } from './lines.ts';
import { AddedLine } from './typed.ts';

/** Adding is a delta: a part that is in the basket already, or is added on another device too, becomes one line with the sum. */
export const addLines = mutator({
  name: 'basket.addLines',
  args: z.strictObject({
    basketId: Uuid,
    lines: z.array(AddedLine).min(1).max(200),
    /** The line behind which new lines come, null for the top; at the end without it, or when that line is gone. */
    after: Uuid.nullable().optional(),
  }),
  reads: ({ basketId, lines }) => [
    { type: 'basket', id: basketId },
    ...[...new Set(lines.flatMap(({ vehicleId }) => vehicleId ?? []))].map((id) => ({
      type: 'vehicle' as const,
      id,
    })),
  ],
  subject: ({ basketId }) => ({ type: 'basket', id: basketId }),
  marks: ({ basketId, lines }) => [
    ...new Set(
      lines.map(({ lineId, part, vehicleId }) => `line:${lineId ?? lineIdOf(basketId, part, vehicleId)}`),
    ),
  ],
  run: (read, { basketId, lines, after }, context) => {
    const basket = read('basket', basketId);
    if (!basket) return refuse('not_found');
    const unknown = lines.findIndex(
      ({ vehicleId }) => vehicleId !== undefined && !read('vehicle', vehicleId),
    );
    if (unknown !== -1) return refuse('not_found', { field: `lines.${unknown}.vehicleId` });
    const together = linesWith(basketId, basket.lines, lines, after);
    if (!together) return refuse('too_many');
    return keepEdited(basketId, basket, { ...basket, lines: together }, context);
  },
  inverse: (read, { basketId, lines }) => {
    const basket = read('basket', basketId);
    if (!basket) return undefined;
    const byId = new Map(basket.lines.map((line) => [line.id, line]));
    const taken = lines
      .filter(({ lineId }) => lineId === undefined || !byId.has(lineId))
      .map((line) => ({
        lineId: line.lineId ?? targetOf(basketId, line, (id) => byId.get(id)),
        quantity: line.quantity,
      }));
    return taken.length === 0
      ? { name: 'noop', args: {} }
      : { name: 'basket.takeLines', args: { basketId, lines: taken } };
  },
});
