import type { Basket } from '#shared/domain/basket.ts';
import type { Profile } from '#shared/domain/profile.ts';
import { toInstant } from '#shared/domain/time.ts';
import { lineIdOf } from '#shared/mutations/baskets/line-id.ts';
import type { Account } from './account.ts';
import type { Random } from './random.ts';

export interface Call {
  name: string;
  args: Record<string, unknown>;
  base?: unknown;
}

interface View {
  random: Random;
  account: Account;
  now: () => number;
  /** The value that the replica shows; undefined when it shows none. */
  shown: (type: string, id: string) => unknown;
  notices: () => string[];
}

const BRANDS = ['Bosch', 'Valeo', 'MANN-FILTER'];
const REFERENCES = ['0 986 494 660', '0986494660', 'W 712/95', '585 040'];
const WORDS = [
  'Clio IV',
  'Révision',
  'à commander',
  'Été 2026',
  'x',
  '  deux  espaces ',
  'é',
  '日本 🚗',
  'a'.repeat(120),
];
const BAD_WORDS = ['', '   ', 'a'.repeat(121), 'a\u0000b', 'a\u202eb'];

/** One change that a person could ask for; borderline and invalid ones among them. */
export function makeCall(view: View): Call {
  const { random } = view;
  const call = random.weighted(MAKERS)(view);
  if (random.chance(0.03)) return spoiled(random, call);
  return call;
}

export function countingCall({ random, account }: View): Call {
  return {
    name: 'basket.addLines',
    args: { basketId: account.countingBasket, lines: [{ part: COUNTED, quantity: random.int(1, 3) }] },
  };
}
export const COUNTED = { reference: 'COUNT', brand: 'Nobody', name: 'Counted' };

function spoiled(random: Random, call: Call): Call {
  const args = { ...call.args };
  const [key] = Object.keys(args).sort();
  return random.weighted<() => Call>([
    [1, () => ({ ...call, args: { ...args, surplus: 1 } })],
    [1, () => ({ ...call, args: { ...args, ...(key === undefined ? {} : { [key]: 17.5 }) } })],
    [1, () => ({ ...call, name: 'basket.teleport' })],
    [1, () => ({ ...call, base: { odd: true } })],
  ])();
}

const word = ({ random }: View): string =>
  random.chance(0.06) ? random.pick(BAD_WORDS) : random.pick(WORDS);
const part = ({ random }: View) => ({
  reference: random.pick(REFERENCES),
  brand: random.pick(BRANDS),
  name: 'Filtre',
});
const price = ({ random, now }: View) => ({
  exclVat: random.int(0, 9999),
  vatRate: 2000,
  currency: 'EUR',
  at: toInstant(now() - random.int(0, 5) * 3_600_000),
});

/** Mostly one that exists somewhere; now and then one that nobody has heard of. */
function known(view: View, ids: readonly string[]): string {
  return (view.random.chance(0.04) ? undefined : view.random.maybe(ids)) ?? view.random.id(view.now());
}

function fresh(view: View, ids: string[]): string {
  // An id that is taken makes a refusal.
  const taken = view.random.chance(0.03) ? view.random.maybe(ids) : undefined;
  const id = taken ?? view.random.id(view.now());
  if (taken === undefined) ids.push(id);
  return id;
}

const basket = (view: View): string => known(view, view.account.baskets);
const vehicle = (view: View): string => known(view, view.account.vehicles);
const maybeVehicle = (view: View): string | null => (view.random.chance(0.3) ? null : vehicle(view));

function line(view: View): { basketId: string; lineId: string } {
  const basketId = basket(view);
  const shown = view.shown('basket', basketId) as Basket | undefined;
  const lineId = view.random.maybe(shown?.lines ?? [])?.id;
  return { basketId, lineId: lineId ?? lineIdOf(basketId, part(view)) };
}

function lines(view: View): unknown[] {
  return Array.from({ length: view.random.int(1, 3) }, () => ({
    part: part(view),
    quantity: view.random.chance(0.03) ? view.random.pick([0, 9999, 10_000, 1.5]) : view.random.int(1, 4),
    ...(view.random.chance(0.1) && { vehicleId: vehicle(view) }),
    ...(view.random.chance(0.2) && { price: price(view) }),
  }));
}

function entry(view: View, list: 'addresses' | 'phones'): string {
  const profile = view.shown('profile', view.account.id) as Profile | undefined;
  const shown = (profile?.[list] ?? []).map(({ id }) => id);
  return known(view, view.random.chance(0.8) && shown.length > 0 ? shown : view.account[list]);
}

const typedVehicle = (view: View) => ({
  plate: view.random.chance(0.05) ? '' : `AB-${view.random.int(100, 999)}-CD`,
  make: 'Renault',
  model: word(view),
});
const typedAddress = (view: View) => ({
  name: 'Camille Martin',
  lines: [word(view)],
  postalCode: String(view.random.int(10_000, 95_999)),
  city: 'Paris',
  country: 'FR',
});
const number = ({ random }: View): string =>
  random.chance(0.05) ? '12' : `06 12 34 56 ${random.int(10, 99)}`;
const day = ({ random }: View): string => `2026-03-0${random.int(1, 4)}`;

const MAKERS: readonly (readonly [number, (view: View) => Call])[] = [
  [6, (v) => ({ name: 'basket.create', args: { id: fresh(v, v.account.baskets), name: word(v), ...(v.random.chance(0.2) && { notes: word(v) }), ...(v.random.chance(0.1) && { vehicleId: vehicle(v) }) } })],
  [4, (v) => ({ name: 'basket.rename', args: { id: basket(v), name: word(v) } })],
  [2, (v) => ({ name: 'basket.setNotes', args: { id: basket(v), notes: v.random.chance(0.3) ? null : word(v) } })],
  [2, (v) => ({ name: 'basket.setVehicle', args: { id: basket(v), vehicleId: maybeVehicle(v) } })],
  [1, (v) => ({ name: 'basket.setTemplate', args: { id: basket(v), isTemplate: v.random.chance(0.5) } })],
  [3, (v) => ({ name: 'basket.delete', args: { id: basket(v) } })],
  [2, (v) => ({ name: 'basket.restore', args: { id: basket(v) } })],
  [2, (v) => ({ name: 'basket.duplicate', args: { id: fresh(v, v.account.baskets), from: basket(v), name: word(v) } })],
  [1, (v) => ({ name: 'basket.merge', args: { from: basket(v), into: basket(v) } })],
  [1, (v) => ({ name: 'basket.unmerge', args: { from: basket(v), into: basket(v) } })],
  [12, (v) => ({ name: 'basket.addLines', args: { basketId: basket(v), lines: lines(v), ...(v.random.chance(0.1) && { after: null }) } })],
  [2, (v) => { const at = line(v); return { name: 'basket.takeLines', args: { basketId: at.basketId, lines: [{ lineId: at.lineId, quantity: v.random.int(1, 3) }] } }; }],
  [8, (v) => ({ name: 'basket.setQuantity', args: { ...line(v), quantity: v.random.int(1, 9), part: part(v) } })],
  [4, (v) => ({ name: 'basket.removeLine', args: line(v) })],
  [3, (v) => { const at = line(v); return { name: 'basket.moveLine', args: { ...at, after: v.random.chance(0.5) ? null : at.lineId } }; }],
  [2, (v) => ({ name: 'basket.assignLine', args: { ...line(v), vehicleId: maybeVehicle(v) } })],
  [2, (v) => { const at = line(v); return { name: 'basket.updatePrices', args: { basketId: at.basketId, prices: [{ lineId: at.lineId, price: price(v) }] } }; }],
  [4, (v) => ({ name: 'vehicle.add', args: { id: fresh(v, v.account.vehicles), vehicle: typedVehicle(v) } })],
  [1, (v) => ({ name: 'vehicle.addMany', args: { vehicles: Array.from({ length: v.random.int(1, 3) }, () => ({ id: fresh(v, v.account.vehicles), vehicle: typedVehicle(v) })) } })],
  [6, (v) => ({ name: 'vehicle.setField', args: { id: vehicle(v), ...v.random.pick([{ field: 'notes', value: word(v) }, { field: 'customerName', value: null }, { field: 'make', value: word(v) }, { field: 'plate', value: 'EF-456-GH' }]) } })],
  [3, (v) => ({ name: 'vehicle.recordMileage', args: { id: vehicle(v), on: day(v), kilometres: v.random.int(0, 90_000) } })],
  [1, (v) => ({ name: 'vehicle.removeMileage', args: { id: vehicle(v), on: day(v) } })],
  [1, (v) => ({ name: 'vehicle.retire', args: { id: vehicle(v), on: day(v) } })],
  [1, (v) => ({ name: 'vehicle.reinstate', args: { id: vehicle(v) } })],
  [2, (v) => { const order = v.random.pick(v.account.orders); return { name: 'order.assignVehicle', args: { orderId: order.id, ...(v.random.chance(0.3) && { lineId: v.random.pick(order.lineIds) }), vehicleId: maybeVehicle(v) } }; }],
  [7, (v) => ({ name: 'order.setNote', args: { orderId: v.random.pick(v.account.orders).id, note: v.random.chance(0.3) ? null : word(v) } })],
  [8, (v) => ({ name: 'profile.setField', args: v.random.pick([{ field: 'displayName', value: word(v) }, { field: 'firstName', value: word(v) }, { field: 'language', value: v.random.pick(['fr', 'en', 'de']) }, { field: 'company', value: null }]) })],
  [2, (v) => ({ name: 'address.add', args: { id: fresh(v, v.account.addresses), use: v.random.pick(['delivery', 'billing']), address: typedAddress(v), ...(v.random.chance(0.3) && { makeDefault: true }) } })],
  [2, (v) => ({ name: 'address.change', args: { id: entry(v, 'addresses'), address: typedAddress(v) } })],
  [1, (v) => ({ name: 'address.remove', args: { id: entry(v, 'addresses') } })],
  [1, (v) => ({ name: 'address.setDefault', args: { id: entry(v, 'addresses') } })],
  [1, (v) => ({ name: 'phone.add', args: { id: fresh(v, v.account.phones), kind: 'mobile', number: number(v) } })],
  [1, (v) => ({ name: 'phone.change', args: { id: entry(v, 'phones'), kind: 'work', number: number(v) } })],
  [1, (v) => ({ name: 'phone.remove', args: { id: entry(v, 'phones') } })],
  [2, (v) => ({ name: 'preference.set', args: { name: v.random.pick(['delivery_email', 'delivery_sms']), value: v.random.pick([true, false, null]) } })],
  [2, (v) => ({ name: 'consent.set', args: { purpose: v.random.pick(['partners', 'statistics']), granted: v.random.chance(0.5) } })],
  [1, (v) => ({ name: 'support.send', args: { id: v.random.id(v.now()), topic: 'delivery', text: word(v), ...(v.random.chance(0.3) && { orderId: v.random.pick(v.account.orders).id }) } })],
  [3, (v) => ({ name: 'notice.dismiss', args: { id: known(v, v.notices()) } })],
]; // prettier-ignore
