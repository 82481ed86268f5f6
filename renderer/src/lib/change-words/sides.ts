import { formatPhone } from '#shared/domain/phone.ts';
import { m } from '#shared/i18n/generated/messages.js';
import type { MutationName, PendingChange } from '#shared/ipc/changes.ts';
import { day } from '../format.ts';
import { distance, profileValue, valueText } from './values.ts';
import type { Args } from './types.ts';

/** A value to choose: a vehicle is named by its id, and drawn as a plate. */
export type Side = { text: string } | { vehicleId: string };
export type Sides = { mine: Side; theirs: Side };

/** What each change that can meet another value wishes, to be shown beside what stands. */
const wishes: { [N in MutationName]?: (args: Args<N>) => unknown } = {
  'vehicle.setField': ({ value }) => value,
  'vehicle.removeMileage': ({ instead }) => instead ?? REMOVED,
  'vehicle.retire': ({ on }) => on,
  'vehicle.reinstate': () => null,
  'order.assignVehicle': ({ vehicleId }) => vehicleId,
  'order.setNote': ({ note }) => note,
  'profile.setField': ({ value }) => value,
  'address.change': ({ address }) => address,
  'address.remove': () => REMOVED,
  'phone.change': ({ number }) => number,
  'phone.remove': () => REMOVED,
  'preference.set': ({ value }) => value,
  'consent.set': ({ granted }) => granted,
};

const REMOVED = Symbol('removed');
const CALENDAR_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Both values of a change that was refused because another one stands; undefined when there is nothing to choose between. */
export function sidesOf(change: PendingChange): Sides | undefined {
  if (change.refusal?.kind !== 'conflict' || !Object.hasOwn(wishes, change.name)) return undefined;
  const wish = wishes[change.name as MutationName] as ((args: unknown) => unknown) | undefined;
  if (!wish) return undefined;
  const side = (value: unknown): Side => sideOf(change, value);
  return { mine: side(wish(change.args)), theirs: side(change.refusal.present) };
}

function sideOf({ name, args }: PendingChange, value: unknown): Side {
  if (value === REMOVED) return { text: m.changes_value_removed() };
  if (name === 'order.assignVehicle' && typeof value === 'string') return { vehicleId: value };
  if (name === 'profile.setField')
    return { text: profileValue((args as Args<'profile.setField'>).field, value) };
  if (name === 'preference.set' && (value === null || value === undefined))
    return { text: m.changes_value_default() };
  if (name === 'vehicle.removeMileage' && typeof value === 'number') return { text: distance(value) };
  if (name === 'phone.change' && value !== null && value !== undefined)
    return { text: formatPhone(String(unwrapped(value))) };
  if (typeof value === 'string' && CALENDAR_DATE.test(value)) return { text: day(value) };
  return { text: valueText(unwrapped(value)) };
}

/** What stands may come with what surrounds it: a phone with its kind, a consent with its moment. */
function unwrapped(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('number' in value) return value.number;
  if ('granted' in value) return value.granted;
  if ('address' in value) return value.address;
  return value;
}
