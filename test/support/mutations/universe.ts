import type { Basket, BasketLine } from '#shared/domain/basket.ts';
import type { Profile } from '#shared/domain/profile.ts';
import { lineIdOf } from '#shared/mutations/baskets/line-id.ts';
import { aProfile, aVehicle, anOrder } from '../entities.ts';
import type { World } from './world.ts';
import { worldOf } from './world.ts';

/* A small account in which changes keep meeting one another. */

const idsOf = (kind: number, count: number): string[] =>
  Array.from(
    { length: count },
    (_, n) => `0192b1c4-7d3e-7a55-8c${kind.toString().padStart(2, '0')}-${String(n + 1).padStart(12, '0')}`,
  );

export const ACCOUNT = '0192b1c4-7d3e-7a55-8c00-000000000000';
export const BASKETS = idsOf(1, 4);
export const VEHICLES = idsOf(2, 4);
export const ORDERS = idsOf(3, 2);
export const ORDER_LINES = idsOf(4, 2);
export const NOTICES = idsOf(5, 2);
export const MESSAGES = idsOf(6, 2);
/** Of addresses and phones. */
export const ENTRIES = idsOf(7, 4);
export const START = '2026-05-04T08:00:00.000Z';

export const PARTS = [
  { reference: '0 986 494 660', brand: 'Bosch', name: 'Plaquettes de frein' },
  { reference: 'OX 339/2D', brand: 'Mahle', name: 'Filtre à huile' },
  { reference: 'TH-3212', brand: 'Hella', name: 'Thermostat' },
];

/** Lines that the parts become, for no vehicle and for the first. */
export const linesOf = (basketId: string): string[] =>
  PARTS.flatMap((part) => [undefined, VEHICLES[0]].map((vehicleId) => lineIdOf(basketId, part, vehicleId)));

export const aBasket = (over: Partial<Basket> = {}): Basket => ({
  name: 'Révision',
  isTemplate: false,
  lines: [],
  createdAt: START,
  changedAt: START,
  edits: 0,
  ...over,
});

/** One of each part, some for the first vehicle. */
const linesIn = (basketId: string): BasketLine[] =>
  PARTS.map((part, index) => {
    const own = index === 1 ? { vehicleId: VEHICLES[0] } : {};
    return { ...part, id: lineIdOf(basketId, part, own.vehicleId), quantity: 20 + index, ...own };
  });

const home = {
  name: 'Garage Martin',
  lines: ['3 rue des Lilas'],
  postalCode: '75020',
  city: 'Paris',
  country: 'FR',
};

/** A garage with some baskets and vehicles, one of them deleted or retired, addresses and numbers; the rest can be made. */
export function account(profile: Partial<Profile> = {}): World {
  const [one, two, three] = ENTRIES as [string, string, string];
  const filled: Partial<Profile> = {
    kind: 'garage',
    addresses: [
      { id: one, use: 'delivery', isDefault: true, address: home },
      { id: two, use: 'delivery', isDefault: false, address: { ...home, city: 'Lyon' } },
      { id: three, use: 'billing', isDefault: true, address: home },
    ],
    phones: [
      { id: one, kind: 'mobile', number: '+33612345678' },
      { id: two, kind: 'work', number: '+33176494949' },
    ],
  };
  const [first, second, third] = BASKETS as [string, string, string];
  const order = anOrder();
  return worldOf([
    { type: 'profile', id: ACCOUNT, value: aProfile({ ...filled, ...profile }) },
    ...VEHICLES.slice(0, 2).map((id) => ({
      type: 'vehicle' as const,
      id,
      value: aVehicle(id === VEHICLES[1] ? { retiredOn: '2026-02-28' } : {}),
    })),
    {
      type: 'basket',
      id: first,
      value: aBasket({ lines: linesIn(first) }),
    },
    {
      type: 'basket',
      id: second,
      value: aBasket({ name: 'Freins', vehicleId: VEHICLES[1], lines: linesIn(second).slice(0, 2) }),
    },
    {
      type: 'basket',
      id: third,
      value: aBasket({ name: 'Hiver', lines: linesIn(third), deletedAt: START, edits: 1 }),
    },
    ...ORDERS.map((id) => ({
      type: 'order' as const,
      id,
      value: { ...order, lines: ORDER_LINES.map((line) => ({ ...order.lines[0], id: line })) },
    })),
    {
      type: 'notice',
      id: NOTICES[0] as string,
      value: { kind: 'basket_kept', at: START, basketId: first, basketName: 'Révision' },
    },
  ]);
}
