import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#core/env.ts';
import { foldCompact } from '#shared/domain/fold.ts';
import { newId } from '#shared/domain/ids.ts';
import type { Order } from '#shared/domain/order.ts';
import type { Vehicle } from '#shared/domain/vehicle.ts';
import type { VehicleFilter } from '#shared/ipc/vehicles.ts';
import { Folders, kindOf, must, openTestEngine, PASSWORD, type TestEngine } from '#test/support/engine.ts';
import { anOrder, aProfile, aVehicle } from '#test/support/entities.ts';
import { exclVatOf } from '#test/support/naive-account.ts';
import { startService, type Entity, type RunningService } from '#test/support/service.ts';

const TODAY = '2026-11-22T12:00:00.000Z';
const CLIO = newId();
const SOLD = newId();
const SOLD_WITH_ORDERS = newId();

const plateOf = (n: number): string =>
  n % 7 === 0 ? `${n} abc ${10 + (n % 80)}` : `${'ABCDEFGH'[n % 8]}B-${String(n).padStart(3, '0')}-CD`;
const fleet: { id: string; value: Vehicle }[] = [
  ...Array.from({ length: 130 }, (_, n) => ({
    id: newId(),
    value: aVehicle({
      plate: plateOf(n),
      make: ['Renault', 'Peugeot', 'Citroën'][n % 3] ?? '',
      model: `Modèle ${n % 10}`,
      ...(n % 2 === 0 && { engine: '1.5 dCi 90' }),
      ...(n % 3 === 0 && { customerName: n % 2 === 0 ? 'Mme Lefèvre' : 'Garage Œuvrard' }),
      ...(n % 5 === 0 && { vin: `VF1RFB0056612${String(n).padStart(4, '0')}` }),
      ...(n % 11 === 0 && { retiredOn: '2026-01-31' }),
    }),
  })),
  // Two with one plate.
  { id: newId(), value: aVehicle({ plate: 'ZZ-999-ZZ', model: 'Deux' }) },
  { id: newId(), value: aVehicle({ plate: 'ZZ-999-ZZ', model: 'Trois' }) },
  {
    id: CLIO,
    value: aVehicle({
      plate: 'AB-123-CD',
      mileages: [
        { on: '2026-01-05', kilometres: 80_000 },
        { on: '2026-09-01', kilometres: 95_000 },
        { on: '2026-05-01', kilometres: 90_000 },
      ],
    }),
  },
  { id: SOLD, value: aVehicle({ plate: 'SO-001-LD', retiredOn: '2026-02-01' }) },
  { id: SOLD_WITH_ORDERS, value: aVehicle({ plate: 'SO-002-LD', retiredOn: '2026-02-01' }) },
];

const line = anOrder().lines[0] as Order['lines'][number];
const ordered = (
  number: string,
  placedOn: string,
  goodsExclVat: number,
  over: Partial<Order> = {},
): Entity => ({
  type: 'order',
  id: newId(),
  value: anOrder({
    number,
    placedOn,
    placedAt: `${placedOn}T10:00:00.000Z`,
    vehicleId: CLIO,
    totals: {
      goodsExclVat,
      depositExclVat: 0,
      shippingExclVat: 500,
      vat: 0,
      inclVat: goodsExclVat + 1000,
    },
    ...over,
  }),
});
const orders: Entity[] = [
  ordered('C1', '2026-11-02', 1000),
  ordered('C2', '2026-11-20', 2000),
  ordered('C3', '2025-12-01', 4000),
  ordered('C4', '2025-11-30', 8000),
  ordered('C5', '2026-10-10', 16_000, { events: [{ status: 'cancelled', at: '2026-10-11T10:00:00.000Z' }] }),
  // Of another vehicle, with one line for this one.
  ordered('C6', '2026-09-09', 32_000, {
    vehicleId: SOLD_WITH_ORDERS,
    lines: [line, { ...line, id: newId(), vehicleId: CLIO }],
  }),
];

let service: RunningService;
let engine: TestEngine;
const folders = new Folders();

beforeAll(async () => {
  service = await startService();
  const email = 'fleet@example.org';
  const entities: Entity[] = [
    { type: 'profile', id: newId(), value: aProfile({ email, kind: 'garage' }) },
    ...fleet.map((vehicle): Entity => ({ type: 'vehicle', ...vehicle })),
    ...orders,
  ];
  await service.createAccount({ email, password: PASSWORD, entities });
  const clock = { ...systemClock, now: () => Date.parse(TODAY) };
  engine = openTestEngine({ url: service.url, folder: folders.make(), env: { clock } });
  await engine.signIn(email);
  await engine.sync();
});
afterAll(async () => {
  await engine.close();
  await service.close();
  folders.clear();
});

/** The slow and obvious way. */
function listed({ text = '', retired = false }: VehicleFilter): string[] {
  const words = text.split(/\s+/).map(foldCompact).filter(Boolean);
  return fleet
    .filter(({ value: v }) => {
      const fields = [v.plate, v.vin, v.customerName, v.make, v.model, v.engine].map((field) =>
        foldCompact(field ?? ''),
      );
      return (
        (v.retiredOn !== undefined) === retired &&
        words.every((word) => fields.some((field) => field.includes(word)))
      );
    })
    .map(({ value }) => value.plate.toLowerCase())
    .sort();
}

describe('the list of vehicles', () => {
  it.each<VehicleFilter>([
    {},
    { retired: true },
    { text: 'lefevre' },
    { text: 'RENAULT dci' },
    { text: 'ab123' },
    { text: 'vf1rfb0056612 oeuv' },
    { text: 'citroen 1.5' },
    { text: 'peugeot', retired: true },
    { text: 'nothing like this' },
    { text: ' - ' },
  ])('with %j is what the slow and obvious way lists', async (filter) => {
    const expected = listed(filter);
    const count = await must(engine.handlers['vehicles.count'](filter));
    expect(count).toBe(expected.length);
    const found = [];
    for (let offset = 0; offset < count; offset += 50)
      found.push(...(await must(engine.handlers['vehicles.page']({ filter, offset, limit: 50 }))));
    expect(found.map(({ plate }) => plate.toLowerCase())).toEqual(expected);
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    for (const at of [0, 1, Math.floor(count / 2), count - 1]) {
      const id = found[at]?.id;
      if (id !== undefined) expect(await must(engine.handlers['vehicles.position']({ filter, id }))).toBe(at);
    }
  });

  it('has no place for a vehicle that the filter hides', async () => {
    const { handlers } = engine;
    expect(await must(handlers['vehicles.position']({ filter: {}, id: SOLD }))).toBeUndefined();
    expect(
      await must(handlers['vehicles.position']({ filter: { retired: true }, id: CLIO })),
    ).toBeUndefined();
    expect(await must(handlers['vehicles.position']({ filter: { text: 'zoe' }, id: CLIO }))).toBeUndefined();
    expect(await must(handlers['vehicles.position']({ filter: {}, id: newId() }))).toBeUndefined();
  });

  it('offers retired vehicles as a choice only where there are orders to find', async () => {
    const { choices, count } = await must(engine.handlers['vehicles.list']({ offset: 0, limit: 500 }));
    const ids = choices.map(({ id }) => id);
    expect(ids.slice(0, 2)).toEqual([CLIO, SOLD_WITH_ORDERS]);
    expect(ids).not.toContain(SOLD);
    expect(ids).toHaveLength(fleet.filter(({ value }) => value.retiredOn === undefined).length + 1);
    expect(count).toBe(ids.length);
  });

  it('offers as many choices as are asked for, those with a text, and the chosen one wherever it stands', async () => {
    const list = (text: string, offset: number, limit: number, chosen?: string) =>
      must(
        engine.handlers['vehicles.list']({ text, offset, limit, ...(chosen !== undefined && { chosen }) }),
      );
    for (const text of ['', 'lefevre', 'AB123 clio', 'nothing like this']) {
      const whole = await list(text, 0, 500);
      const wanted = new Set([...listed({ text }), ...(text === '' ? ['so-002-ld'] : [])]);
      expect(new Set(whole.choices.map(({ plate }) => plate.toLowerCase()))).toEqual(wanted);
      const parts = [];
      for (let offset = 0; offset < whole.count; offset += 50)
        parts.push(...(await list(text, offset, 50)).choices);
      expect(parts).toEqual(whole.choices);
    }
    const last = (await list('', 0, 500)).choices.at(-1);
    expect(await list('', 0, 1, last?.id)).toMatchObject({ choices: [{ id: CLIO }], chosen: last });
    expect((await list('', 0, 1, newId())).chosen).toBeUndefined();
    expect((await list('', 0, 1, SOLD)).chosen).toMatchObject({ plate: 'SO-001-LD', orderCount: 0 });
  });
});

describe('the file of a vehicle', () => {
  it('adds up the lines for it, by month, as the home screen does, without what was cancelled', async () => {
    const file = await must(engine.handlers['vehicles.get']({ id: CLIO }));
    expect(file.row).toMatchObject({
      plate: 'AB-123-CD',
      label: 'Renault Clio IV',
      mileage: { on: '2026-09-01', kilometres: 95_000 },
      orderCount: 6,
      lastOrderOn: '2026-11-20',
      currency: 'EUR',
      pending: false,
    });
    const bought = orders
      .map(({ value }) => value as Order)
      .filter(({ number }) => number !== 'C5' && number !== 'C6');
    // Of C6 one line is for it: 25.00 € at 20 %.
    expect(file.row.spentExclVat).toBe(bought.reduce((sum, order) => sum + exclVatOf(order), 2500));
    expect(file.row.spentInclVat).toBe(bought.reduce((sum, order) => sum + order.totals.inclVat, 3000));
    expect(file.spending).toHaveLength(12);
    expect(file.spending[0]).toEqual({ month: '2025-12', exclVat: 4500, inclVat: 5000, count: 1 });
    expect(file.spending.at(-1)).toEqual({ month: '2026-11', exclVat: 4000, inclVat: 5000, count: 2 });
    const september = (one: { month: string }): boolean => one.month === '2026-09';
    expect(file.spending.find(september)).toMatchObject({ exclVat: 2500, inclVat: 3000, count: 1 });
    // The order's own vehicle has the rest of it, delivery included.
    const own = await must(engine.handlers['vehicles.get']({ id: SOLD_WITH_ORDERS }));
    expect(own.spending.find(september)).toMatchObject({ exclVat: 30_000, inclVat: 30_000, count: 1 });
    const home = await must(engine.handlers['home.get'](undefined));
    expect(home.spending.months.find(september)?.byVehicle).toEqual(
      expect.arrayContaining([
        { vehicleId: CLIO, exclVat: 2500, inclVat: 3000 },
        { vehicleId: SOLD_WITH_ORDERS, exclVat: 30_000, inclVat: 30_000 },
      ]),
    );
    expect(file.spending.reduce((sum, { count }) => sum + count, 0)).toBe(4);
    const page = await must(
      engine.handlers['orders.page']({ filter: { vehicle: CLIO }, offset: 0, limit: 50 }),
    );
    expect(page).toHaveLength(file.row.orderCount);
    expect(file.vehicle.mileages).toHaveLength(3);
    expect(file.pendingMarks).toEqual([]);
  });

  it('is not found for a vehicle that is not there', async () => {
    expect(await kindOf(engine.handlers['vehicles.get']({ id: newId() }))).toBe('not_found');
  });

  it('marks what is not sent yet, in the list too', async () => {
    const id = fleet[1]?.id ?? '';
    const { handlers } = engine;
    await must(
      handlers['changes.make']({ name: 'vehicle.setField', args: { id, field: 'notes', value: 'x' } }),
    );
    const file = await must(handlers['vehicles.get']({ id }));
    expect(file).toMatchObject({ row: { pending: true }, vehicle: { notes: 'x' }, pendingMarks: ['notes'] });
    const filter = { text: file.row.plate };
    expect(await must(handlers['vehicles.page']({ filter, offset: 0, limit: 5 }))).toMatchObject([
      { id, pending: true },
    ]);
  });
});
