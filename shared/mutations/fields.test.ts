import { describe, expect, it } from 'vitest';
import { aVehicle, anOrder, aProfile } from '#test/support/entities.ts';
import { ACCOUNT, ENTRIES, ORDERS, START, VEHICLES } from '#test/support/mutations/universe.ts';
import { contextOf, run, valueOf, worldOf } from '#test/support/mutations/world.ts';

const [vehicle, otherVehicle] = VEHICLES as [string, string];
const order = ORDERS[0] as string;
const [one, two] = ENTRIES as [string, string];
const lineId = anOrder().lines[0]?.id as string;
const home = { name: 'A', lines: ['1 rue B'], postalCode: '75001', city: 'Paris', country: 'FR' };
const away = { ...home, city: 'Lyon' };
const elsewhere = { ...home, city: 'Lille' };
const company = { name: 'Garage', siren: '732829320', vatNumber: 'FR44732829320' };

const world = worldOf([
  {
    type: 'profile',
    id: ACCOUNT,
    value: aProfile({
      kind: 'garage',
      firstName: 'Theirs',
      company,
      addresses: [
        { id: one, use: 'delivery', isDefault: true, address: home },
        { id: two, use: 'delivery', isDefault: false, address: home },
      ],
      phones: [{ id: one, kind: 'mobile', number: '+33612345678' }],
      preferences: { invoice_email: true },
      consents: { partners: { granted: true, at: START } },
    }),
  },
  {
    type: 'vehicle',
    id: vehicle,
    value: aVehicle({
      notes: 'Theirs',
      retiredOn: '2026-01-31',
      mileages: [{ on: '2026-01-02', kilometres: 10 }],
    }),
  },
  { type: 'vehicle', id: otherVehicle, value: aVehicle() },
  { type: 'order', id: order, value: anOrder({ note: 'Theirs', vehicleId: vehicle }) },
]);

/** A change, what its author saw before, and what stands by now. */
interface Case {
  name: string;
  args: Record<string, unknown>;
  saw: unknown;
  present: unknown;
}

const cases: Case[] = [
  { name: 'profile.setField', args: { field: 'firstName', value: 'Mine' }, saw: 'Before', present: 'Theirs' },
  { name: 'profile.setField', args: { field: 'company', value: null }, saw: { ...company, name: 'G' }, present: company },
  { name: 'address.change', args: { id: one, address: elsewhere }, saw: away, present: home },
  { name: 'address.remove', args: { id: one }, saw: away, present: home },
  { name: 'address.setDefault', args: { id: two }, saw: null, present: one },
  { name: 'phone.change', args: { id: one, kind: 'home', number: '0176494949' }, saw: { kind: 'work', number: '+33612345678' }, present: { kind: 'mobile', number: '+33612345678' } },
  { name: 'phone.remove', args: { id: one }, saw: { kind: 'mobile', number: '+33176494949' }, present: { kind: 'mobile', number: '+33612345678' } },
  { name: 'preference.set', args: { name: 'invoice_email', value: false }, saw: null, present: true },
  { name: 'consent.set', args: { purpose: 'partners', granted: false }, saw: null, present: true },
  { name: 'vehicle.setField', args: { id: vehicle, field: 'notes', value: 'Mine' }, saw: null, present: 'Theirs' },
  { name: 'vehicle.setField', args: { id: vehicle, field: 'notes', value: null }, saw: 'Before', present: 'Theirs' },
  { name: 'vehicle.removeMileage', args: { id: vehicle, on: '2026-01-02' }, saw: 9, present: 10 },
  { name: 'vehicle.retire', args: { id: vehicle, on: '2026-02-28' }, saw: null, present: '2026-01-31' },
  { name: 'vehicle.reinstate', args: { id: vehicle }, saw: '2026-02-28', present: '2026-01-31' },
  { name: 'order.setNote', args: { orderId: order, note: 'Mine' }, saw: 'Before', present: 'Theirs' },
  { name: 'order.assignVehicle', args: { orderId: order, vehicleId: otherVehicle }, saw: null, present: vehicle },
  { name: 'order.assignVehicle', args: { orderId: order, lineId, vehicleId: otherVehicle }, saw: vehicle, present: undefined },
]; // prettier-ignore

describe.each(cases)('$name {$args}, changed meanwhile', ({ name, args, saw, present }) => {
  const outcome = (mode: 'accept' | 'replay' | 'decide', base: unknown) =>
    run(world, { name, args, base }, contextOf(ACCOUNT, 1, mode)).outcome;
  const conflict = {
    ok: false,
    refusal: { kind: 'conflict', ...(present === undefined ? {} : { present }) },
  };

  it('is refused with what stands, where it is decided and before it leaves', () => {
    expect(outcome('decide', saw)).toEqual(conflict);
    expect(outcome('accept', saw)).toEqual(conflict);
  });

  it('is shown until then', () => {
    expect(outcome('replay', saw)).toMatchObject({ ok: true, writes: [{ op: 'put' }] });
  });

  it('is done when its author saw what stands', () => {
    expect(outcome('decide', present ?? null)).toMatchObject({ ok: true, writes: [{ op: 'put' }] });
  });
});

describe('a field that both set to the same', () => {
  const done = { ok: true, writes: [] };
  const decide = (name: string, args: unknown, base: unknown) =>
    run(world, { name, args, base }, contextOf(ACCOUNT, 1, 'decide')).outcome;

  it('is as wished already', () => {
    expect(decide('profile.setField', { field: 'firstName', value: 'Theirs' }, 'Before')).toEqual(done);
    expect(decide('address.change', { id: one, address: home }, away)).toEqual(done);
    expect(decide('order.assignVehicle', { orderId: order, vehicleId: vehicle }, null)).toEqual(done);
    expect(decide('consent.set', { purpose: 'partners', granted: true }, null)).toEqual(done);
    expect(decide('phone.remove', { id: two }, { kind: 'mobile', number: '+33612345678' })).toEqual(done);
    expect(decide('address.remove', { id: order }, home)).toEqual(done);
  });
});

describe('addresses', () => {
  const delivery = (id: string, isDefault: boolean) => ({
    id,
    use: 'delivery' as const,
    isDefault,
    address: home,
  });
  const defaultAfter = (
    addresses: ReturnType<typeof delivery>[],
    name: string,
    args: Record<string, unknown>,
  ) => {
    const start = worldOf([{ type: 'profile', id: ACCOUNT, value: aProfile({ addresses }) }]);
    const then = run(start, { name, args }, contextOf(ACCOUNT, 1, 'decide')).world;
    const all = valueOf(then, 'profile', ACCOUNT)?.addresses ?? [];
    return all.filter(({ isDefault }) => isDefault).map(({ use, id }) => [use, id]);
  };
  const [, , three, four] = ENTRIES as [string, string, string, string];

  it('have one default for each use: the first by itself, a later one when wished', () => {
    const add = (over: object) => ({ id: three, use: 'delivery', address: home, ...over });
    expect(defaultAfter([], 'address.add', add({}))).toEqual([['delivery', three]]);
    expect(defaultAfter([delivery(one, true)], 'address.add', add({}))).toEqual([['delivery', one]]);
    expect(defaultAfter([delivery(one, true)], 'address.add', add({ makeDefault: true }))).toEqual([
      ['delivery', three],
    ]);
    expect(defaultAfter([delivery(one, true)], 'address.add', add({ use: 'billing' }))).toEqual([
      ['delivery', one],
      ['billing', three],
    ]);
  });

  it('pass the default on to the oldest other, or to the one that is named', () => {
    const all = [delivery(one, false), delivery(two, true), delivery(three, false)];
    expect(defaultAfter(all, 'address.remove', { id: two })).toEqual([['delivery', one]]);
    expect(defaultAfter(all, 'address.remove', { id: two, nextDefault: three })).toEqual([
      ['delivery', three],
    ]);
    expect(defaultAfter(all, 'address.remove', { id: two, nextDefault: four })).toEqual([['delivery', one]]);
    expect(defaultAfter(all, 'address.remove', { id: one })).toEqual([['delivery', two]]);
    expect(defaultAfter([delivery(one, true)], 'address.remove', { id: one })).toEqual([]);
    expect(defaultAfter(all, 'address.setDefault', { id: three })).toEqual([['delivery', three]]);
  });

  it('are at most 100, and phone numbers 20', () => {
    const ids = (count: number) =>
      Array.from({ length: count }, (_, n) => `0192b1c4-7d3e-7a55-8c77-${String(n).padStart(12, '0')}`);
    const full = worldOf([
      {
        type: 'profile',
        id: ACCOUNT,
        value: aProfile({
          addresses: ids(100).map((id, n) => delivery(id, n === 0)),
          phones: ids(20).map((id) => ({ id, kind: 'home', number: '+33176494949' })),
        }),
      },
    ]);
    const refusal = (name: string, args: unknown) =>
      run(full, { name, args }, contextOf(ACCOUNT, 1, 'accept')).outcome;
    const tooMany = { ok: false, refusal: { kind: 'too_many' } };
    expect(refusal('address.add', { id: one, use: 'billing', address: home })).toEqual(tooMany);
    expect(refusal('phone.add', { id: one, kind: 'home', number: '0176494949' })).toEqual(tooMany);
  });
});

describe('a company', () => {
  it('is for garages only', () => {
    const start = worldOf([{ type: 'profile', id: ACCOUNT, value: aProfile() }]);
    const call = { name: 'profile.setField', args: { field: 'company', value: company } };
    expect(run(start, call, contextOf(ACCOUNT, 1, 'accept')).outcome).toEqual({
      ok: false,
      refusal: { kind: 'invalid', field: 'field' },
    });
  });
});

describe('consents', () => {
  it('keep the moment of the choice, and the first one when it is made again', () => {
    const set = (granted: boolean, step: number, start = world) =>
      run(
        start,
        { name: 'consent.set', args: { purpose: 'offers_sms', granted } },
        contextOf(ACCOUNT, step, 'decide'),
      );
    const once = set(true, 5);
    const at = contextOf(ACCOUNT, 5, 'decide').at;
    expect(valueOf(once.world, 'profile', ACCOUNT)?.consents?.offers_sms).toEqual({ granted: true, at });
    expect(set(true, 6, once.world).outcome).toEqual({ ok: true, writes: [] });
    const no = set(false, 7, once.world);
    expect(valueOf(no.world, 'profile', ACCOUNT)?.consents?.offers_sms?.at).toBe(
      contextOf(ACCOUNT, 7, 'decide').at,
    );
  });
});

describe('readings of the odometer', () => {
  const record = (on: string, kilometres: number) => ({
    name: 'vehicle.recordMileage',
    args: { id: otherVehicle, on, kilometres },
  });
  const after = (...calls: { name: string; args: unknown }[]) => {
    const then = calls.reduce((now, call, n) => run(now, call, contextOf(ACCOUNT, n, 'decide')).world, world);
    return valueOf(then, 'vehicle', otherVehicle)?.mileages;
  };

  it('are kept by day; of one day the higher stays', () => {
    const [a, b, c] = [
      record('2026-03-01', 500),
      record('2026-01-31', 900),
      record('2026-03-01', 700),
    ] as const;
    const kept = [
      { on: '2026-01-31', kilometres: 900 },
      { on: '2026-03-01', kilometres: 700 },
    ];
    expect(after(a, b, c)).toEqual(kept);
    expect(after(c, a, b)).toEqual(kept);
  });

  it('that were too high are replaced by the right one', () => {
    const instead = { id: otherVehicle, on: '2026-03-01', instead: 50 };
    expect(after(record('2026-03-01', 5000), { name: 'vehicle.removeMileage', args: instead })).toEqual([
      { on: '2026-03-01', kilometres: 50 },
    ]);
  });
});

describe('vehicles', () => {
  const decide = (name: string, args: unknown) => run(world, { name, args }, contextOf(ACCOUNT, 1, 'decide'));
  const typed = { plate: 'ab 123 cd', make: 'Renault', model: 'Clio' };

  it('may share a plate, never an id, and are added all or none', () => {
    const { world: then } = decide('vehicle.add', { id: one, vehicle: typed });
    expect(valueOf(then, 'vehicle', one)).toEqual({ ...typed, plate: 'AB-123-CD', mileages: [] });
    expect(decide('vehicle.add', { id: vehicle, vehicle: typed }).outcome).toEqual({
      ok: false,
      refusal: { kind: 'duplicate' },
    });
    const twice = [one, two, vehicle].map((id) => ({ id, vehicle: typed }));
    expect(decide('vehicle.addMany', { vehicles: twice }).outcome).toEqual({
      ok: false,
      refusal: { kind: 'duplicate', field: 'vehicles.2.id' },
    });
  });

  it('leave again as long as nobody worked on them', () => {
    const vehicles = [{ id: one, vehicle: typed }];
    const added = decide('vehicle.addMany', { vehicles }).world;
    const remove = { name: 'vehicle.remove', args: { vehicles } };
    expect(
      valueOf(run(added, remove, contextOf(ACCOUNT, 2, 'decide')).world, 'vehicle', one),
    ).toBeUndefined();
    const worked = run(
      added,
      { name: 'vehicle.recordMileage', args: { id: one, on: '2026-01-31', kilometres: 9 } },
      contextOf(ACCOUNT, 2, 'decide'),
    ).world;
    expect(run(worked, remove, contextOf(ACCOUNT, 3, 'decide')).outcome).toMatchObject({
      refusal: { kind: 'conflict', present: { mileages: [{ kilometres: 9 }] } },
    });
  });
});
