import { describe, expect, it } from 'vitest';
import type { Basket } from '#shared/domain/basket.ts';
import { ACCOUNT, aBasket, BASKETS, PARTS, VEHICLES } from '#test/support/mutations/universe.ts';
import type { World } from '#test/support/mutations/world.ts';
import { contextOf, run, valueOf, worldOf } from '#test/support/mutations/world.ts';
import { aVehicle } from '#test/support/entities.ts';
import type { StoredCall } from '../run.ts';
import { lineIdOf } from './line-id.ts';

const [id, other, third] = BASKETS as [string, string, string];
const [clio, zoe] = VEHICLES as [string, string];
const [pads, filter, thermostat] = PARTS as [(typeof PARTS)[0], (typeof PARTS)[0], (typeof PARTS)[0]];

const having = (...baskets: [string, Partial<Basket>][]): World =>
  worldOf([
    ...[clio, zoe].map((vehicle) => ({ type: 'vehicle' as const, id: vehicle, value: aVehicle() })),
    ...baskets.map(([basket, over]) => ({ type: 'basket' as const, id: basket, value: aBasket(over) })),
  ]);

const then = (world: World, ...calls: StoredCall[]): World =>
  calls.reduce((now, call, step) => run(now, call, contextOf(ACCOUNT, step, 'decide')).world, world);
const refusalOf = (world: World, call: StoredCall) => {
  const { outcome } = run(world, call, contextOf(ACCOUNT, 1, 'accept'));
  return outcome.ok ? undefined : outcome.refusal;
};
const add = (basketId: string, ...lines: Record<string, unknown>[]): StoredCall => ({
  name: 'basket.addLines',
  args: { basketId, lines },
});
const told = (world: World, basket = id) =>
  valueOf(world, 'basket', basket)?.lines.map(({ reference, quantity, vehicleId }) => [
    reference,
    quantity,
    ...(vehicleId === undefined ? [] : [vehicleId]),
  ]);

describe('the id of a line', () => {
  it('is the same however the part was typed, and another for another basket, part or vehicle', () => {
    const one = lineIdOf(id, pads);
    expect(lineIdOf(id, { brand: 'BOSCH', reference: '0986-494.660' })).toBe(one);
    const others = [
      lineIdOf(other, pads),
      lineIdOf(id, filter),
      lineIdOf(id, pads, clio),
      lineIdOf(id, pads, clio, 1),
    ];
    expect(new Set([one, ...others]).size).toBe(5);
  });

  it('never changes: lines made by older versions must be found again', () => {
    expect(lineIdOf(id, pads)).toBe('37d72906-37ab-51c2-a900-b0cd929e2ff9');
  });
});

describe('adding lines', () => {
  it('adds up what is the same part for the same vehicle, in one adding or in several', () => {
    const world = then(
      having([id, {}]),
      add(id, { part: pads, quantity: 2 }, { part: { ...pads, reference: '0986494660' }, quantity: 1 }),
      add(id, { part: filter, quantity: 1, vehicleId: clio }, { part: filter, quantity: 4 }),
      add(id, { part: filter, quantity: 1, vehicleId: clio }),
    );
    expect(told(world)).toEqual([
      [pads.reference, 3],
      [filter.reference, 2, clio],
      [filter.reference, 4],
    ]);
  });

  it('does not add to a line that was assigned to another vehicle since', () => {
    const world = then(
      having([id, {}]),
      add(id, { part: pads, quantity: 2 }),
      { name: 'basket.assignLine', args: { basketId: id, lineId: lineIdOf(id, pads), vehicleId: clio } },
      add(id, { part: pads, quantity: 1 }),
      add(id, { part: pads, quantity: 1 }),
    );
    expect(told(world)).toEqual([
      [pads.reference, 2, clio],
      [pads.reference, 2],
    ]);
  });

  it('puts new lines behind the one that is named, on top, or at the end when that one is gone', () => {
    const start = then(having([id, {}]), add(id, { part: pads, quantity: 1 }, { part: filter, quantity: 1 }));
    const added = (after: string | null) =>
      told(
        then(start, {
          name: 'basket.addLines',
          args: { basketId: id, lines: [{ part: thermostat, quantity: 1 }], after },
        }),
      )?.map(([reference]) => reference);
    expect(added(lineIdOf(id, pads))).toEqual([pads.reference, thermostat.reference, filter.reference]);
    expect(added(null)).toEqual([thermostat.reference, pads.reference, filter.reference]);
    expect(added(third)).toEqual([pads.reference, filter.reference, thermostat.reference]);
  });

  it('refuses quantities above 9999 and more than 5000 lines, and takes them up to there', () => {
    const full = then(having([id, {}]), add(id, { part: pads, quantity: 9998 }));
    expect(told(then(full, add(id, { part: pads, quantity: 1 })))).toEqual([[pads.reference, 9999]]);
    expect(refusalOf(full, add(id, { part: pads, quantity: 2 }))).toEqual({ kind: 'too_many' });

    const lines = Array.from({ length: 4999 }, (_, n) => {
      const part = { reference: `R${n}`, brand: 'B', name: 'N' };
      return { ...part, id: lineIdOf(id, part), quantity: 1 };
    });
    const long = having([id, { lines }]);
    const longer = then(long, add(id, { part: pads, quantity: 1 }));
    expect(valueOf(longer, 'basket', id)?.lines).toHaveLength(5000);
    expect(refusalOf(longer, add(id, { part: filter, quantity: 1 }))).toEqual({ kind: 'too_many' });
    const restored = { basketId: id, lineId: third, quantity: 1, part: filter };
    expect(refusalOf(longer, { name: 'basket.setQuantity', args: restored })).toEqual({ kind: 'too_many' });
    const more = valueOf(then(longer, add(id, { part: pads, quantity: 1 })), 'basket', id);
    expect(more?.lines.at(-1)).toMatchObject({ quantity: 2 });
  });

  it('refuses vehicles that do not exist, and says which', () => {
    const call = add(id, { part: pads, quantity: 1 }, { part: filter, quantity: 1, vehicleId: third });
    expect(refusalOf(having([id, {}]), call)).toEqual({ kind: 'not_found', field: 'lines.1.vehicleId' });
  });
});

describe('prices', () => {
  const price = (at: string, exclVat: number) => ({ exclVat, vatRate: 2000, currency: 'EUR', at });
  const [old, newer] = [price('2026-05-01T00:00:00.000Z', 1), price('2026-05-02T00:00:00.000Z', 2)];
  const lineId = lineIdOf(id, pads);
  const update = (...prices: unknown[]): StoredCall => ({
    name: 'basket.updatePrices',
    args: { basketId: id, prices: prices.map((known) => ({ lineId, price: known })) },
  });
  const kept = (...calls: StoredCall[]) =>
    valueOf(then(having([id, {}]), add(id, { part: pads, quantity: 1 }), ...calls), 'basket', id)?.lines[0]
      ?.price;

  it('are remembered as the shop said them last, whichever answer comes first', () => {
    expect(kept(update(old), update(newer))).toEqual(newer);
    expect(kept(update(newer), update(old))).toEqual(newer);
    expect(kept(update(newer, old))).toEqual(newer);
    expect(kept(update(newer), add(id, { part: pads, quantity: 1, price: old }))).toEqual(newer);
    expect(kept(update(old), add(id, { part: pads, quantity: 1, price: newer }))).toEqual(newer);
  });

  it('of one moment are settled alike on every device', () => {
    const twin = { ...newer, exclVat: 10 };
    expect(kept(update(twin), update(newer))).toEqual(kept(update(newer), update(twin)));
  });
});

describe('moving a line', () => {
  const start = then(having([id, {}]), add(id, ...PARTS.map((part) => ({ part, quantity: 1 }))));
  const [a, b, c] = PARTS.map((part) => lineIdOf(id, part)) as [string, string, string];
  const moved = (lineId: string, after: string | null) =>
    valueOf(
      then(start, { name: 'basket.moveLine', args: { basketId: id, lineId, after } }),
      'basket',
      id,
    )?.lines.map((line) => line.id);

  it('puts it behind another one or on top', () => {
    expect(moved(c, a)).toEqual([a, c, b]);
    expect(moved(a, c)).toEqual([b, c, a]);
    expect(moved(b, null)).toEqual([b, a, c]);
  });

  it('leaves it where it is when that other one is gone, or is itself', () => {
    expect(moved(a, third)).toEqual([a, b, c]);
    expect(moved(b, b)).toEqual([a, b, c]);
  });

  it('is refused when the line is gone', () => {
    expect(
      refusalOf(start, { name: 'basket.moveLine', args: { basketId: id, lineId: third, after: null } }),
    ).toEqual({ kind: 'not_found', field: 'lineId' });
  });
});

describe('merging', () => {
  const merge: StoredCall = { name: 'basket.merge', args: { from: other, into: id } };
  const start = then(
    having([id, { vehicleId: clio }], [other, { vehicleId: zoe }]),
    add(id, { part: pads, quantity: 1 }, { part: filter, quantity: 2, vehicleId: zoe }),
    add(other, { part: filter, quantity: 5 }, { part: pads, quantity: 1, vehicleId: clio }),
  );

  it('adds the lines for the vehicles that they were for, and sets the other basket aside', () => {
    const world = then(start, merge);
    expect(told(world)).toEqual([
      [pads.reference, 2],
      [filter.reference, 7, zoe],
    ]);
    expect(valueOf(world, 'basket', other)).toHaveProperty('deletedAt');
  });

  it('counts once when two devices did it, and lets the second know', () => {
    const world = then(start, merge);
    expect(refusalOf(world, merge)).toEqual({ kind: 'not_found', field: 'from' });
    expect(told(then(world, merge))).toEqual(told(world));
  });

  it('taken back leaves what was added since', () => {
    const world = then(
      start,
      merge,
      add(id, { part: filter, quantity: 1, vehicleId: zoe }, { part: thermostat, quantity: 1 }),
      { name: 'basket.unmerge', args: { from: other, into: id } },
    );
    expect(told(world)).toEqual([
      [pads.reference, 1],
      [filter.reference, 3, zoe],
      [thermostat.reference, 1],
    ]);
    expect(valueOf(world, 'basket', other)).not.toHaveProperty('deletedAt');
  });

  it('needs two baskets', () => {
    const itself = { name: 'basket.merge', args: { from: id, into: id } };
    expect(refusalOf(start, itself)).toEqual({ kind: 'invalid', field: 'into' });
  });
});

describe('duplicating', () => {
  it('copies everything but the name under ids of its own', () => {
    const source = then(
      having([id, { notes: 'n', vehicleId: clio, isTemplate: true, edits: 4 }]),
      add(id, { part: pads, quantity: 2 }),
    );
    const call = { name: 'basket.duplicate', args: { id: third, from: id, name: 'Copie' } };
    const world = then(source, call);
    expect(valueOf(world, 'basket', third)).toMatchObject({
      name: 'Copie',
      notes: 'n',
      vehicleId: clio,
      isTemplate: false,
      edits: 0,
      lines: [{ ...pads, id: lineIdOf(third, pads), quantity: 2 }],
    });
    expect(valueOf(world, 'basket', id)).toEqual(valueOf(source, 'basket', id));
    expect(refusalOf(world, call)).toEqual({ kind: 'duplicate' });
  });
});
