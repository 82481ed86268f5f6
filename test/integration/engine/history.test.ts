import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { Store } from '#core/db/store.ts';
import { Writes } from '#core/db/writes.ts';
import { Queries } from '#core/queries/queries.ts';
import { buildSearch } from '#core/search/build-search.ts';
import { Applier } from '#core/sync/applier.ts';
import type { Page } from '#core/sync/page.ts';
import { beginReread, stagePage, swap } from '#core/sync/reread.ts';
import type { Order } from '#shared/domain/order.ts';
import { OrderStatus } from '#shared/domain/order-status.ts';
import type { Change } from '#shared/protocol/pull.ts';
import { Folders, NO_NEWS } from '#test/support/engine.ts';
import { anInvoice, anOrder, aVehicle } from '#test/support/entities.ts';
import { exclVatOf, NaiveAccount, summaryOf } from '#test/support/naive-account.ts';
import type { Entity } from '#test/support/service.ts';

/** Whatever an account has been through, screens must show its present and nothing of its past. */
const folders = new Folders();
afterEach(() => folders.clear());

const idOf = (kind: number, n: number): string =>
  `0192b1c4-7d3e-7a55-8c1${kind}-${String(n).padStart(12, '0')}`;
const NAMES = ['Plaquettes', 'Étrier', 'Filtre à huile', 'Bougie'];
const [LINE] = anOrder().lines;

const order = fc
  .record({
    n: fc.nat(3),
    status: fc.constantFrom(...OrderStatus.options),
    day: fc.integer({ min: 1, max: 2 }),
    vehicle: fc.option(fc.nat(1), { nil: undefined }),
    lines: fc.array(
      fc.record({
        name: fc.constantFrom(...NAMES),
        vehicle: fc.option(fc.nat(2), { nil: undefined }),
        deposit: fc.boolean(),
      }),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
    amount: fc.integer({ min: 0, max: 99_999 }),
    number: fc.constantFrom('A100', 'B200'),
  })
  .map(({ n, status, day, vehicle, lines, amount, number }): Entity => {
    const placedOn = `2026-03-0${day}`;
    const value: Order = anOrder({
      number: `${number}${n}`,
      placedOn,
      placedAt: `${placedOn}T10:00:00.00${n}Z`,
      ...(vehicle !== undefined && { vehicleId: idOf(1, vehicle) }),
      lines: lines.map((line, at) => ({
        ...(LINE ?? anOrder().lines[0]!),
        id: idOf(9, at),
        name: line.name,
        ...(line.vehicle !== undefined && { vehicleId: idOf(1, line.vehicle) }),
        ...(line.deposit && {
          coreDeposit: { amountExclVat: 1000, vatRate: 2000, state: 'to_return' as const },
        }),
      })),
      events: [{ status, at: `${placedOn}T11:00:00.000Z` }],
      totals: { goodsExclVat: amount, depositExclVat: 0, shippingExclVat: 0, vat: 0, inclVat: amount },
    });
    return { type: 'order', id: idOf(2, n), value };
  });
const vehicle = fc
  .record({ n: fc.nat(2), plate: fc.constantFrom('AB-123-CD', 'EF-456-GH') })
  .map(({ n, plate }): Entity => ({ type: 'vehicle', id: idOf(1, n), value: aVehicle({ plate }) }));
const invoice = fc
  .record({
    n: fc.nat(4),
    of: fc.nat(7),
    day: fc.integer({ min: 1, max: 9 }),
    seller: fc.constantFrom('Oscaro', 'Pièces du Nord'),
    incl: fc.integer({ min: -999, max: 999 }),
  })
  .map(({ n, of, day, seller, incl }): Entity => ({
    type: 'invoice',
    id: idOf(3, n),
    value: anInvoice(idOf(2, of), {
      number: `F-${n}`,
      orderNumber: `C${of}`,
      issuedOn: `2026-04-0${day}`,
      seller,
      kind: incl < 0 ? 'credit_note' : 'invoice',
      inclVat: incl,
      exclVat: incl,
      vat: 0,
    }),
  }));
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.array(
      fc.record({
        entity: fc.oneof(order, vehicle, invoice),
        gone: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  },
  { weight: 3, arbitrary: fc.constant('build' as const) },
  { weight: 1, arbitrary: fc.constant('reread' as const) },
);

it('shows the present only, after any history of changes, deletions, full re-reads and at any moment of building the search', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const store = new Store(`${folders.make()}/cache.db`, () => undefined);
      const applier = new Applier(new Writes(store));
      const present = new Map<string, Entity>();
      let rev = 0;
      for (const one of steps) {
        if (one === 'build') await buildSearch(store);
        else if (one === 'reread') {
          await beginReread(store);
          const page = pageOf(
            [...present.values()].map((entity) => ({ op: 'put', rev: (rev += 1), ...entity })),
          );
          await stagePage(applier, page);
          await swap(applier, page);
        } else {
          const changes = one.map(({ entity, gone }): Change => {
            rev += 1;
            if (gone) present.delete(entity.id);
            else present.set(entity.id, entity);
            return gone
              ? { op: 'del', type: entity.type, id: entity.id, rev }
              : { op: 'put', rev, ...entity };
          });
          await applier.apply(pageOf(changes));
        }
      }
      check(store, [...present.values()]);
      await store.close();
    }),
    { numRuns: 120 },
  );
});

function pageOf(changes: Change[]): Page {
  const bodies = changes.map((change) =>
    change.op === 'put' ? Buffer.from(JSON.stringify(change.value)) : undefined,
  );
  return { changes, bodies, cursor: 'c', hasMore: false, epoch: 'e', remaining: undefined, ...NO_NEWS };
}

function check(store: Store, entities: Entity[]): void {
  const naive = new NaiveAccount(entities);
  // Few orders would all be at hand; with none of them, every search goes through the indexes.
  for (const recent of [400, 2, 0]) checkWith(store, naive, recent);
}

function checkWith(store: Store, naive: NaiveAccount, recent: number): void {
  const queries = new Queries(store, { downloading: () => false, ids: () => [], version: () => 0 }, recent);
  const filters = [{}, { vehicle: idOf(1, 0) }, { vehicle: 'none' as const }, { statuses: ['delivered' as const, 'placed' as const] }, { depositToReturn: true }, { text: 'etrier' }, { text: 'AB123 huile' }, { text: 'a1' }]; // prettier-ignore
  for (const filter of filters) {
    const wanted = naive.listOrders(filter);
    const { currency: _currency, ...summary } = queries.orders.summary(filter);
    expect(summary).toEqual(
      summaryOf(
        wanted.map(({ value }) => ({
          day: value.placedOn,
          exclVat: exclVatOf(value),
          inclVat: value.totals.inclVat,
        })),
      ),
    );
    expect(queries.orders.page(filter, 0, 50).map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
  }
  for (const filter of [{}, { kind: 'credit_note' as const }, { text: 'nord' }, { text: 'ef456' }]) {
    const wanted = naive.listInvoices(filter);
    expect(queries.invoices.summary(filter).count).toBe(wanted.length);
    expect(new Set(queries.invoices.page(filter, 0, 50).map(({ id }) => id))).toEqual(
      new Set(wanted.map(({ id }) => id)),
    );
  }
  for (const text of ['plaquettes', 'bosch', 'filtre huile', 'AB-123', 'b200']) {
    const found = queries.search(text, 20);
    expect(found.orders.hits.map(({ id }) => id)).toEqual(naive.listOrders({ text }).map(({ id }) => id));
    const parts = naive
      .matchingParts(text)
      .map(({ name, count, lastOrderId }) => ({ name, count, lastOrderId }));
    const shown = found.parts.hits.map((hit) => ({
      name: `${hit.reference}|${hit.brand}|${hit.name}`,
      count: hit.orderCount,
      lastOrderId: hit.lastOrderId,
    }));
    expect(new Set(shown.map((part) => JSON.stringify(part)))).toEqual(
      new Set(parts.map((part) => JSON.stringify(part))),
    );
    expect(found.vehicles.hits.map(({ id }) => id).sort()).toEqual(naive.matchingVehicles(text).sort());
  }
  const spent = naive.orders.filter(({ value }) => value.events[0].status !== 'cancelled');
  const march = queries.home(Date.parse('2026-03-20T10:00:00Z')).spending.months.at(-1);
  expect(march?.inclVat).toBe(spent.reduce((sum, { value }) => sum + value.totals.inclVat, 0));
  for (const vehicleId of ['none' as const, ...naive.vehicles.keys()]) {
    // Vehicles that have not come yet, or went, are none to the screens.
    const missing = naive.vehiclesNamed().filter((id) => !naive.vehicles.has(id));
    const wanted =
      vehicleId === 'none'
        ? [undefined, ...missing].flatMap((id) => naive.spentOn(id))
        : naive.spentOn(vehicleId);
    const total = (key: 'exclVat' | 'inclVat') => wanted.reduce((sum, { [key]: amount }) => sum + amount, 0);
    const bar = march?.byVehicle.find((one) => one.vehicleId === vehicleId);
    expect({ exclVat: bar?.exclVat ?? 0, inclVat: bar?.inclVat ?? 0 }).toEqual({
      exclVat: total('exclVat'),
      inclVat: total('inclVat'),
    });
    if (vehicleId === 'none') continue;
    const row = queries.vehicle(vehicleId, Date.parse('2026-03-20T10:00:00Z'))?.row;
    expect([row?.spentExclVat, row?.spentInclVat]).toEqual([total('exclVat'), total('inclVat')]);
  }
  expect(store.reader.column('SELECT count FROM order_day WHERE count < 0')).toEqual([]);
  expect(store.reader.column('SELECT count FROM spending WHERE count < 0')).toEqual([]);
}
