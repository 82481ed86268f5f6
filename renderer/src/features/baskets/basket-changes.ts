import { m } from '#shared/i18n/generated/messages.js';
import type { BasketPart, LastKnownPrice } from '#shared/domain/basket.ts';
import type { BasketRow } from '#shared/ipc/baskets.ts';
import { change, changeAll, type ChangeOutcome } from '#lib/changes.svelte.ts';
import { newId } from '#lib/new-id.ts';

/* What people do to baskets, each in one go that one undo takes back. */

export type NewLine = {
  part: BasketPart;
  quantity: number;
  vehicleId?: string;
  price?: LastKnownPrice;
};

/** The service takes lines by the hundred. */
const LINES_AT_ONCE = 200;
/** A basket's name, as the contract limits it. */
export const MOST_NAME = 120;

/** A name made from another one, cut at its end when it would become too long. */
const nameOf = (text: string): string => [...text].slice(0, MOST_NAME).join('').trim();

/** Answers the new basket's id, or undefined when it was not made. */
export async function createBasket(name: string, vehicleId?: string): Promise<string | undefined> {
  const id = newId();
  const outcome = await change({
    name: 'basket.create',
    args: { id, name: nameOf(name), ...(vehicleId === undefined ? {} : { vehicleId }) },
  });
  return outcome.made ? id : undefined;
}

export async function duplicateBasket(row: BasketRow): Promise<string | undefined> {
  const id = newId();
  const name = nameOf(m.baskets_copy_name({ name: [...row.name].slice(0, MOST_NAME - 10).join('') }));
  const outcome = await change(
    { name: 'basket.duplicate', args: { id, from: row.id, name, isTemplate: row.isTemplate } },
    { done: m.baskets_duplicated({ name }) },
  );
  return outcome.made ? id : undefined;
}

/** A basket made from a template, named after it and the vehicle that it is for. */
export async function basketFrom(
  template: BasketRow,
  vehicle: { id: string; plate: string } | undefined,
): Promise<string | undefined> {
  const id = newId();
  const name = nameOf(vehicle ? `${template.name} · ${vehicle.plate}` : template.name);
  const made = await changeAll(
    [
      { name: 'basket.duplicate', args: { id, from: template.id, name, isTemplate: false } },
      ...(vehicle === undefined
        ? []
        : [{ name: 'basket.setVehicle' as const, args: { id, vehicleId: vehicle.id } }]),
    ],
    { done: () => m.baskets_created({ name }) },
  );
  return made > 0 ? id : undefined;
}

export function mergeBaskets(from: BasketRow, into: BasketRow): Promise<ChangeOutcome> {
  return change(
    { name: 'basket.merge', args: { from: from.id, into: into.id } },
    { done: m.baskets_merged({ from: from.name, into: into.name }) },
  );
}

export function deleteBaskets(rows: readonly BasketRow[]): Promise<number> {
  const [first] = rows;
  return changeAll(
    rows.map(({ id }) => ({ name: 'basket.delete' as const, args: { id } })),
    {
      done: (count) =>
        count === 1 && first ? m.baskets_deleted({ name: first.name }) : m.baskets_deleted_several({ count }),
    },
  );
}

export function restoreBaskets(rows: readonly BasketRow[]): Promise<number> {
  const [first] = rows;
  return changeAll(
    rows.map(({ id }) => ({ name: 'basket.restore' as const, args: { id } })),
    {
      done: (count) =>
        count === 1 && first
          ? m.baskets_restored({ name: first.name })
          : m.baskets_restored_several({ count }),
    },
  );
}

export function setTemplate(row: BasketRow, isTemplate: boolean): Promise<ChangeOutcome> {
  return change(
    { name: 'basket.setTemplate', args: { id: row.id, isTemplate } },
    {
      done: isTemplate
        ? m.baskets_made_template({ name: row.name })
        : m.baskets_made_basket({ name: row.name }),
    },
  );
}

/** Answers whether all of them are in the basket now. One line is seen to come; many are said, and undone, together. */
export async function addLines(basketId: string, lines: readonly NewLine[]): Promise<boolean> {
  const calls = [];
  for (let at = 0; at < lines.length; at += LINES_AT_ONCE) {
    const some = lines.slice(at, at + LINES_AT_ONCE);
    calls.push({ name: 'basket.addLines' as const, args: { basketId, lines: some } });
  }
  const [only] = calls;
  if (lines.length === 1 && only) return (await change(only)).made;
  const made = await changeAll(calls, {
    done: (count) => m.baskets_lines_added({ count: Math.min(lines.length, count * LINES_AT_ONCE) }),
  });
  return made === calls.length;
}
