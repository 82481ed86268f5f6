import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { mutator, refuse, writes } from '../mutator.ts';
import { same } from '../same.ts';
import { withField } from '../field.ts';
import { newerPrice } from './price.ts';
import { TypedPrice } from './typed.ts';

/**
 * Remembers what the shop said; of two answers the newer stays, whichever comes first. Nobody's work: it neither counts as an
 * edit nor brings a deleted basket back. Lines that are gone are passed over.
 */
export const updatePrices = mutator({
  name: 'basket.updatePrices',
  args: z.strictObject({
    basketId: Uuid,
    prices: z
      .array(z.strictObject({ lineId: Uuid, price: TypedPrice }))
      .min(1)
      .max(500),
  }),
  reads: ({ basketId }) => [{ type: 'basket', id: basketId }],
  subject: ({ basketId }) => ({ type: 'basket', id: basketId }),
  marks: () => ['prices'],
  run: (read, { basketId, prices }) => {
    const basket = read('basket', basketId);
    if (!basket) return refuse('not_found');
    const news = new Map<Uuid, z.output<typeof TypedPrice> | undefined>();
    for (const { lineId, price } of prices) news.set(lineId, newerPrice(news.get(lineId), price));
    const lines = basket.lines.map((line) => {
      const price = newerPrice(line.price, news.get(line.id));
      return same(price, line.price) ? line : withField(line, 'price', price);
    });
    return lines.every((line, index) => line === basket.lines[index])
      ? writes()
      : writes({ op: 'put', type: 'basket', id: basketId, value: { ...basket, lines } });
  },
});
