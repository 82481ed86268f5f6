import { z } from 'zod';
import { LastKnownPrice, MOST_QUANTITY } from '../../domain/basket.ts';
import { Uuid } from '../../domain/ids.ts';
import { lineOf } from '../../domain/text.ts';

/* What changes of baskets take, as people type it. */

export const Quantity = z.int().min(1).max(MOST_QUANTITY);
export const TypedPart = z.strictObject({ reference: lineOf(64), brand: lineOf(60), name: lineOf(200) });
export const TypedPrice = z.strictObject(LastKnownPrice.shape);
export const AddedLine = z.strictObject({
  /** Of a line that was removed and is put back, unless it is there again. */
  lineId: Uuid.optional(),
  part: TypedPart,
  quantity: Quantity,
  vehicleId: Uuid.optional(),
  price: TypedPrice.optional(),
});
export type AddedLine = z.output<typeof AddedLine>;
