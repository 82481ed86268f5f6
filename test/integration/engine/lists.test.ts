import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateDemo } from '#service/demo/generate.ts';
import { newId } from '#shared/domain/ids.ts';
import { OrderStatus } from '#shared/domain/order-status.ts';
import type { InvoiceFilter } from '#shared/ipc/invoices.ts';
import type { OrderFilter } from '#shared/ipc/orders.ts';
import { Folders, must, openTestEngine, PASSWORD } from '#test/support/engine.ts';
import type { TestEngine } from '#test/support/engine.ts';
import { exclVatOf, NaiveAccount, summaryOf } from '#test/support/naive-account.ts';
import { startService, type Entity, type RunningService } from '#test/support/service.ts';

let service: RunningService;
let engine: TestEngine;
const folders = new Folders();
const garage = generateDemo({ seed: 'lists', today: '2026-11-22', garageOrders: 400 });
const entities: Entity[] = [
  ...([...garage].find(({ profile }) => profile.kind === 'garage')?.entities ?? []),
];
const naive = new NaiveAccount(entities);

beforeAll(async () => {
  service = await startService();
  await service.createAccount({ email: 'a@example.org', password: PASSWORD, entities });
  engine = openTestEngine({ url: service.url, folder: folders.make() });
  await engine.signIn('a@example.org');
  await engine.sync();
});
afterAll(async () => {
  await engine.close();
  await service.close();
  folders.clear();
});

const day = fc
  .date({ min: new Date('2023-10-01'), max: new Date('2026-12-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const lines = naive.orders.flatMap(({ value }) => value.lines);
const word = fc.oneof(
  fc.constantFrom(...lines).map(({ name }) => name.split(' ')[0] ?? ''),
  fc
    .tuple(fc.constantFrom(...lines), fc.nat(6), fc.integer({ min: 1, max: 6 }))
    .map(([line, at, length]) => line.reference.slice(at, at + length)),
  fc.constantFrom(...naive.orders).map(({ value }) => value.number.slice(-4)),
  fc.constantFrom(...naive.vehicles.values()).map(({ plate }) => plate.toLowerCase()),
  fc.constantFrom('é', 'FREIN', 'a', '20', 'Bosch', 'zzz', '-', 'huile'),
);
const text = fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' '));
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const orderFilter: fc.Arbitrary<OrderFilter> = fc.record({
  vehicle: maybe(fc.constantFrom<string>('none', newId(), ...naive.vehicles.keys())),
  statuses: maybe(fc.subarray([...OrderStatus.options])),
  from: maybe(day),
  to: maybe(day),
  text: maybe(text),
  depositToReturn: maybe(fc.boolean()),
});
const invoiceFilter: fc.Arbitrary<InvoiceFilter> = fc.record({
  kind: maybe(fc.constantFrom('invoice', 'credit_note')),
  from: maybe(day),
  to: maybe(day),
  text: maybe(text),
});

describe('the list of orders', () => {
  it('answers any filter like the slow and obvious way: sums, months, pages, places', async () => {
    await fc.assert(
      fc.asyncProperty(
        orderFilter,
        fc.nat(450),
        fc.integer({ min: 1, max: 60 }),
        async (filter, offset, limit) => {
          const wanted = naive.listOrders(filter);
          const { currency, ...summary } = await must(engine.handlers['orders.summary'](filter));
          expect(currency).toBe('EUR');
          expect(summary).toEqual(
            summaryOf(
              wanted.map(({ value }) => ({
                day: value.placedOn,
                exclVat: exclVatOf(value),
                inclVat: value.totals.inclVat,
              })),
            ),
          );
          const page = await must(engine.handlers['orders.page']({ filter, offset, limit }));
          expect(page.map(({ id }) => id)).toEqual(wanted.slice(offset, offset + limit).map(({ id }) => id));
          const chosen = naive.orders[offset % naive.orders.length]?.id ?? '';
          const place = wanted.findIndex(({ id }) => id === chosen);
          expect(await must(engine.handlers['orders.position']({ filter, id: chosen }))).toBe(
            place < 0 ? undefined : place,
          );
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('the list of invoices', () => {
  it('answers any filter like the slow and obvious way', async () => {
    await fc.assert(
      fc.asyncProperty(
        invoiceFilter,
        fc.nat(450),
        fc.integer({ min: 1, max: 60 }),
        async (filter, offset, limit) => {
          const wanted = naive.listInvoices(filter);
          const { currency: _currency, ...summary } = await must(engine.handlers['invoices.summary'](filter));
          expect(summary).toEqual(
            summaryOf(
              wanted.map(({ value }) => ({
                day: value.issuedOn,
                exclVat: value.exclVat,
                inclVat: value.inclVat,
              })),
            ),
          );
          const page = await must(engine.handlers['invoices.page']({ filter, offset, limit }));
          expect(page.map(({ issuedOn }) => issuedOn)).toEqual(
            wanted.slice(offset, offset + limit).map(({ value }) => value.issuedOn),
          );
          const all = await must(engine.handlers['invoices.page']({ filter, offset: 0, limit: 500 }));
          expect(new Set(all.map(({ id }) => id))).toEqual(new Set(wanted.slice(0, 500).map(({ id }) => id)));
          for (const [place, row] of all.slice(offset % 50, (offset % 50) + 2).entries()) {
            expect(await must(engine.handlers['invoices.position']({ filter, id: row.id }))).toBe(
              (offset % 50) + place,
            );
          }
        },
      ),
      { numRuns: 250 },
    );
  });
});

describe('search', () => {
  it('finds in each group what the slow and obvious way finds, newest first', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 50 }), async (query, limit) => {
        const found = await must(engine.handlers['search.query']({ text: query, limit }));
        expect(found.text).toBe(query);
        const some = query.replace(/[\s.\-_/·']/g, '') !== '';
        const orders = some ? naive.listOrders({ text: query }) : [];
        expect(found.orders.hits.map(({ id }) => id)).toEqual(orders.slice(0, limit).map(({ id }) => id));
        expect(found.orders.more).toBe(orders.length > limit);
        const parts = naive.matchingParts(query);
        expect(found.parts.more).toBe(parts.length > limit);
        const counts = new Map(parts.map((part) => [part.name, part]));
        for (const hit of found.parts.hits) {
          const part = counts.get(`${hit.reference}|${hit.brand}|${hit.name}`);
          expect([hit.orderCount, hit.lastOrderId]).toEqual([part?.count, part?.lastOrderId]);
        }
        const days = found.parts.hits.map(({ lastOrderedOn }) => lastOrderedOn);
        expect(days).toEqual([...days].sort().reverse());
        expect(found.parts.hits).toHaveLength(Math.min(limit, parts.length));
        const vehicles = naive.matchingVehicles(query);
        expect(found.vehicles.hits).toHaveLength(Math.min(limit, vehicles.length));
        for (const hit of found.vehicles.hits) expect(vehicles).toContain(hit.id);
        const invoices = some ? naive.listInvoices({ text: query }) : [];
        expect(found.invoices.hits.map(({ issuedOn }) => issuedOn)).toEqual(
          invoices.slice(0, limit).map(({ value }) => value.issuedOn),
        );
        expect(found.invoices.more).toBe(invoices.length > limit);
      }),
      { numRuns: 300 },
    );
  });

  it('takes accents, case and separators as people type them', async () => {
    const [vehicle] = naive.vehicles.values();
    const plate = vehicle?.plate ?? '';
    for (const typed of [plate, plate.toLowerCase(), plate.replaceAll('-', ' '), plate.replaceAll('-', '')]) {
      const { vehicles } = await must(engine.handlers['search.query']({ text: typed, limit: 5 }));
      expect(vehicles.hits.map((hit) => hit.plate)).toContain(plate);
    }
    const accented =
      lines
        .find(({ name }) => /é/.test(name))
        ?.name.split(' ')
        .find((part) => part.includes('é')) ?? '';
    const plain = accented.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
    const search = async (query: string): Promise<unknown> =>
      (await must(engine.handlers['search.query']({ text: query, limit: 50 }))).orders;
    expect(await search(plain)).toEqual(await search(accented));
    expect(await search(plain)).not.toEqual({ hits: [], more: false });
  });

  it('answers nothing to nothing, and is not fooled by the language of the index', async () => {
    for (const query of [
      '',
      '   ',
      '---',
      '"',
      '" OR text:"',
      'NEAR(a b)',
      '*',
      '%',
      "'; DROP TABLE orders; --",
    ]) {
      const { orders, parts } = await must(engine.handlers['search.query']({ text: query, limit: 5 }));
      expect([orders.hits, parts.hits]).toEqual([[], []]);
    }
  });
});
