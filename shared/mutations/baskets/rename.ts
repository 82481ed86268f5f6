import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { lineOf } from '../../domain/text.ts';
import { mutator, refuse } from '../mutator.ts';
import { keepEdited, overrules } from './edit.ts';

/** Renamed on two devices, the later push wins and says so. */
export const renameBasket = mutator({
  name: 'basket.rename',
  args: z.strictObject({ id: Uuid, name: lineOf(120) }),
  base: z.string().max(120),
  reads: ({ id }) => [{ type: 'basket', id }],
  subject: ({ id }) => ({ type: 'basket', id }),
  marks: () => ['name'],
  seen: (read, { id }) => read('basket', id)?.name,
  run: (read, { id, name }, context) => {
    const basket = read('basket', id);
    if (!basket) return refuse('not_found');
    const news = overrules(context, basket.name, name)
      ? { kind: 'basket_renamed' as const, kept: name, lost: basket.name }
      : undefined;
    return keepEdited(id, basket, { ...basket, name }, context, news);
  },
  inverse: (read, { id, name }) => {
    const basket = read('basket', id);
    return basket && { name: 'basket.rename', args: { id, name: basket.name }, base: name };
  },
});
