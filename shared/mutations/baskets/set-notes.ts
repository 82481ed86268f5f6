import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { noteOf } from '../../domain/text.ts';
import { withField } from '../field.ts';
import { mutator, refuse } from '../mutator.ts';
import type { News } from './edit.ts';
import { keepEdited, overrules } from './edit.ts';

/** Written on two devices, the later push wins and says so. */
export const setBasketNotes = mutator({
  name: 'basket.setNotes',
  args: z.strictObject({ id: Uuid, notes: noteOf(4000).nullable() }),
  base: z.string().max(4000).nullable(),
  reads: ({ id }) => [{ type: 'basket', id }],
  subject: ({ id }) => ({ type: 'basket', id }),
  marks: () => ['notes'],
  seen: (read, { id }) => {
    const basket = read('basket', id);
    return basket && (basket.notes ?? null);
  },
  run: (read, { id, notes }, context) => {
    const basket = read('basket', id);
    if (!basket) return refuse('not_found');
    const news: News | undefined = overrules(context, basket.notes ?? null, notes)
      ? {
          kind: 'basket_notes_changed',
          ...(notes === null ? {} : { kept: notes }),
          ...(basket.notes === undefined ? {} : { lost: basket.notes }),
        }
      : undefined;
    return keepEdited(id, basket, withField(basket, 'notes', notes), context, news);
  },
  inverse: (read, { id, notes }) => {
    const basket = read('basket', id);
    return basket && { name: 'basket.setNotes', args: { id, notes: basket.notes ?? null }, base: notes };
  },
});
