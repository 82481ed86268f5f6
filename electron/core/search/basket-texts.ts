import { foldCompact } from '#shared/domain/fold.ts';
import type { Connection } from '../db/connection.ts';

/** What a basket is found by. */
export interface BasketText {
  pk: number;
  vehicle: number;
  text: string;
}

/** Of all baskets that are not deleted, last changed first. */
export function readBasketTexts(db: Connection): BasketText[] {
  return db
    .all<{ pk: number; vehicle: number; name: string }>(
      'SELECT pk, vehicle, name FROM baskets WHERE deleted_at IS NULL ORDER BY changed_at DESC',
    )
    .map(({ pk, vehicle, name }) => ({ pk, vehicle, text: foldCompact(name) }));
}
