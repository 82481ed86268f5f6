import { m } from '#shared/i18n/generated/messages.js';
import type { MutationCall } from '#shared/ipc/changes.ts';
import type { OrderDetail } from '#shared/ipc/orders.ts';
import { changeAll } from '#lib/changes.svelte.ts';
import { newId } from '#lib/new-id.ts';

/** As many as one change may carry. */
const LINES_OF_A_CHANGE = 200;

type Entry = OrderDetail['lines'][number];
type AddLines = Extract<MutationCall, { name: 'basket.addLines' }>;
type AddedLine = AddLines['args']['lines'][number];

/** Where parts go: a basket that is there, or one that is made with this name. */
export type Destination = { id: string; name: string; vehicleId?: string | undefined } | { name: string };

/** A line of an order as a basket takes it: for the vehicle it was for, at the price of that day. */
function asAdded({ line }: Entry, { order }: OrderDetail, basketVehicle: string | undefined): AddedLine {
  const { reference, brand, name, quantity, unitPriceExclVat, vatRate } = line;
  const vehicleId = line.vehicleId ?? order.vehicleId;
  return {
    part: { reference, brand, name },
    quantity,
    ...(vehicleId === undefined || vehicleId === basketVehicle ? {} : { vehicleId }),
    price: { exclVat: unitPriceExclVat, vatRate, currency: order.currency, at: order.placedAt },
  };
}

/** The changes that put lines of an order into a basket, in their order. */
export function basketChanges(
  detail: OrderDetail,
  entries: readonly Entry[],
  destination: Destination,
  makeId: () => string = newId,
): MutationCall[] {
  const fresh = !('id' in destination);
  const basketId = fresh ? makeId() : destination.id;
  const vehicleId = fresh ? detail.order.vehicleId : destination.vehicleId;
  const lines = entries.map((entry) => asAdded(entry, detail, vehicleId));
  const adding: MutationCall[] = [];
  for (let from = 0; from < lines.length; from += LINES_OF_A_CHANGE)
    adding.push({
      name: 'basket.addLines',
      args: { basketId, lines: lines.slice(from, from + LINES_OF_A_CHANGE) },
    });
  if (!fresh) return adding;
  const { name } = destination;
  const made = { id: basketId, name, ...(vehicleId === undefined ? {} : { vehicleId }) };
  return [{ name: 'basket.create', args: made }, ...adding];
}

/** Answers whether all of it was done. */
export async function addToBasket(
  detail: OrderDetail,
  entries: readonly Entry[],
  destination: Destination,
): Promise<boolean> {
  const requests = basketChanges(detail, entries, destination);
  const made = await changeAll(requests, {
    done: () => m.changes_basket_added({ count: entries.length, name: destination.name }),
  });
  return made === requests.length;
}
