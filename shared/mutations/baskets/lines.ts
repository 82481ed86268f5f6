import type { BasketLine, BasketPart } from '../../domain/basket.ts';
import { MOST_BASKET_LINES, MOST_QUANTITY } from '../../domain/basket.ts';
import type { Uuid } from '../../domain/ids.ts';
import { withField } from '../field.ts';
import type { AddedLine } from './typed.ts';
import { lineIdOf } from './line-id.ts';
import { newerPrice } from './price.ts';

/** How much of which line. */
export interface LineQuantity {
  lineId: Uuid;
  quantity: number;
}

export const partOf = ({ reference, brand, name }: BasketPart): BasketPart => ({ reference, brand, name });

export const vehicleOf = ({ vehicleId }: { vehicleId?: Uuid | undefined }): { vehicleId?: Uuid } =>
  vehicleId === undefined ? {} : { vehicleId };

/** A line as an adding names it. */
export function asAdded(line: BasketLine): AddedLine {
  return {
    part: partOf(line),
    quantity: line.quantity,
    ...vehicleOf(line),
    ...(line.price === undefined ? {} : { price: line.price }),
  };
}

/** The line that an adding goes to: the one of the part for that vehicle, be it there already or not. */
export function targetOf(
  basketId: Uuid,
  { part, vehicleId }: AddedLine,
  lineOfId: (id: Uuid) => Pick<BasketLine, 'vehicleId'> | undefined,
): Uuid {
  for (let turn = 0; ; turn += 1) {
    const id = lineIdOf(basketId, part, vehicleId, turn);
    const taken = lineOfId(id);
    if (!taken || taken.vehicleId === vehicleId) return id;
  }
}

/**
 * The lines with others added: quantities add up, what was removed is put back, new lines come behind the line `after`, or at the end. Undefined when a quantity or the
 * basket would become larger than is allowed.
 */
export function linesWith(
  basketId: Uuid,
  lines: readonly BasketLine[],
  added: readonly AddedLine[],
  after?: Uuid | null,
): BasketLine[] | undefined {
  const byId = new Map(lines.map((line) => [line.id, line]));
  const fresh = new Set<Uuid>();
  for (const line of added) {
    if (line.lineId !== undefined && byId.has(line.lineId)) continue;
    const id = line.lineId ?? targetOf(basketId, line, (wanted) => byId.get(wanted));
    const before = byId.get(id);
    if (!before) fresh.add(id);
    const quantity = (before?.quantity ?? 0) + line.quantity;
    if (quantity > MOST_QUANTITY || byId.size + (before ? 0 : 1) > MOST_BASKET_LINES) return undefined;
    const known: BasketLine = before ?? { ...line.part, id, quantity, ...vehicleOf(line) };
    byId.set(id, withField({ ...known, quantity }, 'price', newerPrice(known.price, line.price)));
  }
  const result = lines.map((line) => byId.get(line.id) ?? line);
  const place = after === null ? 0 : lines.findIndex((line) => line.id === after) + 1 || lines.length;
  result.splice(place, 0, ...[...fresh].map((id) => byId.get(id) as BasketLine));
  return result;
}

/** The lines with quantities taken off; a line of which nothing is left goes. */
export function linesWithout(lines: readonly BasketLine[], taken: readonly LineQuantity[]): BasketLine[] {
  const off = new Map<Uuid, number>();
  for (const { lineId, quantity } of taken) off.set(lineId, (off.get(lineId) ?? 0) + quantity);
  return lines.flatMap((line) => {
    const quantity = line.quantity - (off.get(line.id) ?? 0);
    return quantity === line.quantity ? [line] : quantity > 0 ? [{ ...line, quantity }] : [];
  });
}
