import { m } from '#shared/i18n/generated/messages.js';
import type { MutationName } from '#shared/ipc/changes.ts';
import { count } from '../format.ts';
import type { Words } from './types.ts';

type BasketChange = Extract<MutationName, `basket.${string}`>;

export const basketWords: Words<BasketChange> = {
  'basket.create': ({ isTemplate }, about) =>
    isTemplate ? m.changes_told_template_create(about) : m.changes_told_basket_create(about),
  'basket.rename': ({ name }, { base }) =>
    typeof base === 'string' && base !== name
      ? m.changes_told_basket_rename_from({ before: base, name })
      : m.changes_told_basket_rename({ name }),
  'basket.setNotes': ({ notes }, about) =>
    notes === null ? m.changes_told_basket_notes_gone(about) : m.changes_told_basket_notes(about),
  'basket.setVehicle': ({ vehicleId }, about) =>
    vehicleId === null ? m.changes_told_basket_vehicle_gone(about) : m.changes_told_basket_vehicle(about),
  'basket.setTemplate': ({ isTemplate }, about) =>
    isTemplate ? m.changes_told_basket_template(about) : m.changes_told_basket_no_template(about),
  'basket.delete': (_args, about) => m.changes_told_basket_delete(about),
  'basket.restore': (_args, about) => m.changes_told_basket_restore(about),
  'basket.duplicate': ({ name }) => m.changes_told_basket_duplicate({ name }),
  'basket.merge': (_args, about) => m.changes_told_basket_merge(about),
  'basket.unmerge': (_args, about) => m.changes_told_basket_unmerge(about),
  'basket.addLines': ({ lines }, { label }) => {
    const [line] = lines;
    if (lines.length !== 1 || !line) return m.changes_told_basket_add_many({ label, count: lines.length });
    const part = `${line.part.brand} ${line.part.reference}`;
    return m.changes_told_basket_add({ label, quantity: count(line.quantity), part });
  },
  'basket.takeLines': ({ lines }, { label }) => m.changes_told_basket_take({ label, count: lines.length }),
  'basket.setQuantity': ({ quantity, part }, { label }) =>
    m.changes_told_basket_quantity({ label, quantity: count(quantity), part: part.name }),
  'basket.removeLine': (_args, about) => m.changes_told_basket_remove_line(about),
  'basket.moveLine': (_args, about) => m.changes_told_basket_move_line(about),
  'basket.assignLine': ({ vehicleId }, about) =>
    vehicleId === null
      ? m.changes_told_basket_unassign_line(about)
      : m.changes_told_basket_assign_line(about),
  'basket.updatePrices': ({ prices }, { label }) =>
    m.changes_told_basket_prices({ label, count: prices.length }),
};
