import { m } from '#shared/i18n/generated/messages.js';
import type { MutationName, PendingChange } from '#shared/ipc/changes.ts';
import { orderNumber } from '../format.ts';
import { accountWords } from './account.ts';
import { basketWords } from './baskets.ts';
import { topicName } from './values.ts';
import type { About, Words } from './types.ts';
import { vehicleWords } from './vehicles.ts';

const words: Words<MutationName> = {
  ...basketWords,
  ...vehicleWords,
  ...accountWords,
  'order.assignVehicle': ({ lineId, vehicleId }, about) => {
    if (lineId !== undefined)
      return vehicleId === null
        ? m.changes_told_line_vehicle_gone(about)
        : m.changes_told_line_vehicle(about);
    return vehicleId === null
      ? m.changes_told_order_vehicle_gone(about)
      : m.changes_told_order_vehicle(about);
  },
  'order.setNote': ({ note }, about) =>
    note === null ? m.changes_told_order_note_gone(about) : m.changes_told_order_note(about),
  'support.send': ({ topic }) => m.changes_told_support({ topic: topicName(topic) }),
  'notice.dismiss': () => m.changes_told_notice(),
  noop: () => m.changes_told_noop(),
};

/** What a change does, in one sentence. One that this version does not know is told by what it is about. */
export function changeWords(change: Pick<PendingChange, 'name' | 'args' | 'base' | 'subject'>): string {
  const { type, label } = change.subject;
  const about: About = { label: type === 'order' ? orderNumber(label) : label, base: change.base };
  if (!Object.hasOwn(words, change.name)) return m.changes_told_other(about);
  // Its arguments were checked when it was made; the table's types tie each name to them.
  const tell = words[change.name as MutationName] as (args: unknown, about: About) => string;
  return tell(change.args, about);
}
