import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { lineOf } from '../../domain/text.ts';
import { mutator, refuse, writes } from '../mutator.ts';
import { asAdded, linesWith } from './lines.ts';

/** Copies a basket as it stands where this is decided; also how a template is used, and how one is made of a basket. */
export const duplicateBasket = mutator({
  name: 'basket.duplicate',
  args: z.strictObject({ id: Uuid, from: Uuid, name: lineOf(120), isTemplate: z.boolean().optional() }),
  reads: ({ id, from }) => [
    { type: 'basket', id },
    { type: 'basket', id: from },
  ],
  subject: ({ id }) => ({ type: 'basket', id }),
  run: (read, { id, from, name, isTemplate = false }, { at }) => {
    if (read('basket', id)) return refuse('duplicate');
    const source = read('basket', from);
    if (!source) return refuse('not_found', { field: 'from' });
    const lines = linesWith(id, [], source.lines.map(asAdded));
    if (!lines) return refuse('too_many');
    const { deletedAt: _deletedAt, ...copied } = source;
    return writes({
      op: 'put',
      type: 'basket',
      id,
      value: { ...copied, name, isTemplate, lines, createdAt: at, changedAt: at, edits: 0 },
    });
  },
  inverse: (_read, { id }) => ({ name: 'basket.delete', args: { id }, base: 0 }),
});
