import type { SearchResults } from '#shared/ipc/search.ts';
import type { Connection } from '../db/connection.ts';
import { searchWords } from '../db/texts.ts';
import { basketRowsOf } from '../queries/basket-rows.ts';
import { invoiceRowsOf, type Downloading } from '../queries/invoice-list.ts';
import type { OrderRows } from '../queries/order-list.ts';
import type { VehicleTags } from '../queries/vehicle-tags.ts';
import { choicesOf, matchingVehicles } from '../queries/vehicles.ts';
import { matchingBaskets } from './match-baskets.ts';
import { newestMatchingInvoices } from './match-invoices.ts';
import { newestMatchingOrders } from './match-orders.ts';
import { newestMatchingParts } from './match-parts.ts';
import type { SearchCache } from './search-index.ts';
import { SearchIndex } from './search-index.ts';

/** Everything that matches, group by group, newest first; one more than `limit` is looked for to know whether there are more. */
export function search(
  db: Connection,
  text: string,
  limit: number,
  read: { rows: OrderRows; tags: VehicleTags; cache: SearchCache; downloading: Downloading },
): SearchResults {
  const words = searchWords(text);
  return db.snapshot(() => {
    const index = new SearchIndex(db, read.cache);
    return {
      text,
      orders: group(newestMatchingOrders(index, words, limit + 1), limit, (keys) => read.rows.of(keys)),
      parts: group(newestMatchingParts(index, words, limit + 1), limit, (hits) => hits),
      vehicles: group(matchingVehicles(db, words), limit, (keys) => choicesOf(db, keys)),
      baskets: group(matchingBaskets(index, words, limit + 1), limit, (keys) =>
        basketRowsOf(db, read.tags, keys),
      ),
      invoices: group(newestMatchingInvoices(index, words, limit + 1), limit, (keys) =>
        invoiceRowsOf(db, keys, read.downloading),
      ),
    };
  });
}

function group<Found, Hit>(
  found: readonly Found[],
  limit: number,
  read: (found: Found[]) => Hit[],
): { hits: Hit[]; more: boolean } {
  return { hits: read(found.slice(0, limit)), more: found.length > limit };
}
