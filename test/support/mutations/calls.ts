import fc from 'fast-check';
import type { MutationName } from '#shared/mutations/all.ts';
import type { StoredCall } from '#shared/mutations/run.ts';
import {
  BASKETS,
  ENTRIES,
  linesOf,
  MESSAGES,
  NOTICES,
  ORDER_LINES,
  ORDERS,
  PARTS,
  VEHICLES,
} from './universe.ts';

/* Changes of every kind on the small account: mostly sensible, often late or about things that are gone. */

const oneOf = <T>(all: readonly T[]) => fc.constantFrom(...all);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
/** An object without the keys that came out undefined, as JSON would carry it. */
const record = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(model).map((made) => JSON.parse(JSON.stringify(made)) as Record<string, unknown>);

const basket = oneOf(BASKETS);
const vehicle = oneOf(VEHICLES);
const order = oneOf(ORDERS);
const entry = oneOf(ENTRIES);
const part = oneOf(PARTS);
const quantity = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 9 }) },
  { weight: 1, arbitrary: fc.integer({ min: 4990, max: 9999 }) },
);
/** Names that collide on purpose, and any other text. */
const text = (max: number) =>
  fc.oneof(
    oneOf(['Révision', 'Freins', 'שלום', '👩‍🔧 été']),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: max }),
  );
const day = oneOf(['2026-01-31', '2026-02-28', '2026-03-01']);
const moment = oneOf(['2026-05-01T00:00:00.000Z', '2026-05-02T00:00:00.000Z', '2026-05-03T00:00:00.000Z']);
const price = record({
  exclVat: fc.integer({ min: 0, max: 3 }),
  vatRate: oneOf([2000, 850]),
  currency: oneOf(['EUR']),
  availability: maybe(oneOf(['in_stock', 'on_order', 'unavailable'])),
  at: moment,
});
const address = record({
  name: oneOf(['', 'Garage Martin']),
  lines: fc.array(oneOf(['3 rue des Lilas', 'Bâtiment B']), { minLength: 1, maxLength: 3 }),
  postalCode: oneOf(['75020', '']),
  city: oneOf(['Paris', 'Lyon']),
  country: oneOf(['FR', 'BE']),
});
const phone = record({
  id: entry,
  kind: oneOf(['mobile', 'home', 'work']),
  number: oneOf(['06 12 34 56 78', '+33 1 76 49 49 49', '+32 2 555 12 12']),
});
const kilometres = fc.integer({ min: 0, max: 5 }).map((thousands) => thousands * 1000);
const plate = oneOf(['ab123cd', 'AB-123-CD', '1234 AB 56', 'W-123 XY', 'été']);
const vin = oneOf(['VF1 BR0A0H 5123 4567', '1M8GDM9AXKP042788']);
const added = record({
  id: vehicle,
  vehicle: record({
    plate,
    vin: maybe(vin),
    make: text(20),
    model: text(20),
    customerName: maybe(text(20)),
    notes: maybe(text(20)),
    mileages: maybe(fc.array(record({ on: day, kilometres }), { maxLength: 3 })),
  }),
});
const lineIn = (id: string) => oneOf([...linesOf(id), ORDER_LINES[0] as string]);
/** Arguments about a line of a basket. */
const ofLine = <T extends object>(rest: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  basket.chain((basketId) =>
    record<Record<string, unknown>>({ basketId: fc.constant(basketId), lineId: lineIn(basketId), ...rest }),
  );
const company = record({
  name: oneOf(['Garage Martin']),
  siren: oneOf(['732 829 320', '732829320']),
  vatNumber: oneOf(['FR44 732 829 320', 'FR44732829320']),
});

export const argsOf: Record<MutationName, fc.Arbitrary<unknown>> = {
  noop: fc.constant({}),
  'basket.create': record({
    id: basket,
    name: text(20),
    notes: maybe(text(20)),
    vehicleId: maybe(vehicle),
    isTemplate: maybe(fc.boolean()),
  }),
  'basket.rename': record({ id: basket, name: text(20) }),
  'basket.setNotes': record({ id: basket, notes: orNull(text(20)) }),
  'basket.setVehicle': record({ id: basket, vehicleId: orNull(vehicle) }),
  'basket.setTemplate': record({ id: basket, isTemplate: fc.boolean() }),
  'basket.delete': record({ id: basket }),
  'basket.restore': record({ id: basket }),
  'basket.duplicate': record({ id: basket, from: basket, name: text(20), isTemplate: maybe(fc.boolean()) }),
  'basket.merge': record({ from: basket, into: basket }),
  'basket.unmerge': record({ from: basket, into: basket }),
  'basket.addLines': basket.chain((basketId) =>
    record({
      basketId: fc.constant(basketId),
      lines: fc.array(record({ part, quantity, vehicleId: maybe(vehicle), price: maybe(price) }), {
        minLength: 1,
        maxLength: 4,
      }),
      after: maybe(orNull(lineIn(basketId))),
    }),
  ),
  'basket.takeLines': basket.chain((basketId) =>
    record({
      basketId: fc.constant(basketId),
      lines: fc.array(record({ lineId: lineIn(basketId), quantity }), { minLength: 1, maxLength: 4 }),
    }),
  ),
  'basket.setQuantity': ofLine({ quantity, part, vehicleId: maybe(vehicle) }),
  'basket.removeLine': ofLine({}),
  'basket.moveLine': basket.chain((basketId) =>
    record({ basketId: fc.constant(basketId), lineId: lineIn(basketId), after: orNull(lineIn(basketId)) }),
  ),
  'basket.assignLine': ofLine({ vehicleId: orNull(vehicle) }),
  'basket.updatePrices': basket.chain((basketId) =>
    record({
      basketId: fc.constant(basketId),
      prices: fc.array(record({ lineId: lineIn(basketId), price }), { minLength: 1, maxLength: 6 }),
    }),
  ),
  'vehicle.add': added,
  'vehicle.addMany': record({ vehicles: fc.array(added, { minLength: 1, maxLength: 3 }) }),
  'vehicle.changeMany': record({
    vehicles: fc.array(
      record({
        id: vehicle,
        fields: record({
          plate: maybe(plate),
          make: maybe(text(20)),
          vin: maybe(orNull(vin)),
          notes: maybe(orNull(text(20))),
          firstRegistration: maybe(orNull(day)),
        }),
        mileage: maybe(record({ on: day, kilometres })),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  }),
  'vehicle.remove': record({ vehicles: fc.array(added, { minLength: 1, maxLength: 3 }) }),
  'vehicle.setField': fc.oneof(
    record({ id: vehicle, field: oneOf(['plate']), value: plate }),
    record({ id: vehicle, field: oneOf(['make', 'model']), value: text(20) }),
    record({ id: vehicle, field: oneOf(['vin']), value: orNull(vin) }),
    record({ id: vehicle, field: oneOf(['engine', 'customerName', 'notes']), value: orNull(text(20)) }),
    record({ id: vehicle, field: oneOf(['firstRegistration']), value: orNull(day) }),
  ),
  'vehicle.recordMileage': record({ id: vehicle, on: day, kilometres }),
  'vehicle.removeMileage': record({ id: vehicle, on: day, instead: maybe(kilometres) }),
  'vehicle.retire': record({ id: vehicle, on: day }),
  'vehicle.reinstate': record({ id: vehicle }),
  'order.assignVehicle': record({
    orderId: order,
    lineId: maybe(oneOf([...ORDER_LINES, BASKETS[0] as string])),
    vehicleId: orNull(vehicle),
  }),
  'order.setNote': record({ orderId: order, note: orNull(text(20)) }),
  'profile.setField': fc.oneof(
    record({ field: oneOf(['displayName']), value: text(20) }),
    record({ field: oneOf(['firstName', 'lastName']), value: fc.oneof(text(20), oneOf([''])) }),
    record({ field: oneOf(['language']), value: oneOf(['fr', 'en']) }),
    record({ field: oneOf(['company']), value: orNull(company) }),
  ),
  'address.add': record({
    id: entry,
    use: oneOf(['delivery', 'billing']),
    address,
    makeDefault: maybe(fc.boolean()),
  }),
  'address.change': record({ id: entry, address }),
  'address.remove': record({ id: entry, nextDefault: maybe(entry) }),
  'address.setDefault': record({ id: entry }),
  'phone.add': phone,
  'phone.change': phone,
  'phone.remove': record({ id: entry }),
  'preference.set': record({
    name: oneOf(['delivery_email', 'delivery_sms', 'invoice_email', 'deadline_reminders']),
    value: orNull(fc.boolean()),
  }),
  'consent.set': record({
    purpose: oneOf(['offers_email', 'offers_sms', 'partners', 'statistics']),
    granted: fc.boolean(),
  }),
  'support.send': record({
    id: oneOf(MESSAGES),
    topic: oneOf(['sign_in', 'product', 'other']),
    text: text(40),
    orderId: maybe(oneOf([...ORDERS, BASKETS[0] as string])),
  }),
  'notice.dismiss': record({ id: oneOf(NOTICES) }),
};

export const callOf = (name: MutationName): fc.Arbitrary<StoredCall> =>
  argsOf[name].map((args) => ({ name, args }));

const names = Object.keys(argsOf) as MutationName[];
export const anyCall: fc.Arbitrary<StoredCall> = oneOf(names).chain(callOf);

/** What has happened before: the account is anything that people can make of it. */
export const history: fc.Arbitrary<StoredCall[]> = fc.array(anyCall, { maxLength: 15 });
