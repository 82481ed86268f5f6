import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LastKnownPrice } from '#shared/domain/basket.ts';
import type { Order } from '#shared/domain/order.ts';
import type { Store } from '../store/open.ts';
import { ORDERS_FROM, ORDERS_TO } from '../sync/place.ts';
import { partKey, type PriceSource } from './price-source.ts';

const ROWS_AT_ONCE = 200;
/** Orders and invoices together, newest first: what was bought years ago says little about today's prices. */
const MOST_ROWS = 4000;

/** What the account itself paid last, with the date on which it did: all that a service without a catalogue can say. */
export function makeOrderPrices({ db }: Store): PriceSource {
  const rowsAfter = (accountKey: number, place: string) =>
    db
      .selectFrom('entities')
      .select((e) => [
        'place',
        e.case().when('type', '=', 'order').then(e.ref('change')).else(e.lit(null)).end().as('order'),
      ])
      .where('account_key', '=', accountKey)
      .where('place', '>', place)
      .where('place', '<', ORDERS_TO)
      .orderBy('place')
      .limit(ROWS_AT_ONCE)
      .execute();

  return {
    async pricesOf(accountKey, parts) {
      const wanted = new Set(parts.map(partKey));
      const found = new Map<string, LastKnownPrice>();
      let place = ORDERS_FROM;
      for (let read = 0; read < MOST_ROWS && found.size < wanted.size; read += ROWS_AT_ONCE) {
        const rows = await rowsAfter(accountKey, place);
        for (const { order } of rows) {
          if (order === null) continue;
          const { value } = JSON.parse(order) as { value: Order };
          for (const line of value.lines) {
            const key = partKey(line);
            if (wanted.has(key) && !found.has(key)) found.set(key, priceOf(value, line));
          }
        }
        place = rows.at(-1)?.place ?? ORDERS_TO;
        if (rows.length < ROWS_AT_ONCE) break;
        // Other requests go between.
        await nextTurn();
      }
      return parts.map((part) => found.get(partKey(part)));
    },
  };
}

const priceOf = ({ currency, placedAt }: Order, line: Order['lines'][number]): LastKnownPrice => ({
  exclVat: line.unitPriceExclVat,
  vatRate: line.vatRate,
  currency,
  at: placedAt,
});
