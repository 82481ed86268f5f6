import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Basket, BasketLine, LastKnownPrice } from '#shared/domain/basket.ts';
import { newId } from '#shared/domain/ids.ts';
import type { PriceSaid } from '#service/catalogue/price-source.ts';
import { Folders, kindOf, must, openTestEngine, PASSWORD, type TestEngine } from '#test/support/engine.ts';
import { aProfile, aVehicle } from '#test/support/entities.ts';
import type { FaultyProxy } from '#test/support/faulty-proxy.ts';
import { always, startFaultyProxy } from '#test/support/faulty-proxy.ts';
import { startService, type Entity, type RunningService } from '#test/support/service.ts';

let service: RunningService;
let proxy: FaultyProxy;
const folders = new Folders();
const open: TestEngine[] = [];
/** What the shop says, by reference; a test sets it. */
const said = new Map<string, PriceSaid>();
const asked: number[] = [];

beforeAll(async () => {
  service = await startService({
    prices: {
      pricesOf: (_account, parts) => {
        asked.push(parts.length);
        return Promise.resolve(parts.map(({ reference }) => said.get(reference)));
      },
    },
  });
  proxy = await startFaultyProxy(service.url);
});
afterEach(async () => {
  proxy.rule = undefined;
  said.clear();
  asked.length = 0;
  await Promise.all(open.splice(0).map((engine) => engine.close()));
  folders.clear();
});
afterAll(async () => {
  await proxy.close();
  await service.close();
});

const price = (exclVat: number, over: Partial<LastKnownPrice> = {}): LastKnownPrice => ({
  exclVat,
  vatRate: 2000,
  currency: 'EUR',
  at: '2026-03-01T10:00:00.000Z',
  ...over,
});
const aLine = (reference: string, over: Partial<BasketLine> = {}): BasketLine => ({
  id: newId(),
  reference,
  brand: 'Bosch',
  name: `Pièce ${reference}`,
  quantity: 1,
  ...over,
});
const aBasket = (over: Partial<Basket> = {}): Basket => ({
  name: 'Révision',
  isTemplate: false,
  lines: [],
  createdAt: '2026-03-01T10:00:00.000Z',
  changedAt: '2026-03-01T10:00:00.000Z',
  edits: 0,
  ...over,
});

async function synced(entities: readonly Entity[], language: 'fr' | 'en' = 'fr'): Promise<TestEngine> {
  const email = `${newId()}@example.org`;
  const profile: Entity = { type: 'profile', id: newId(), value: aProfile({ email }) };
  await service.createAccount({ email, password: PASSWORD, entities: [profile, ...entities] });
  const engine = openTestEngine({ url: proxy.url, folder: folders.make(), settings: { language } });
  open.push(engine);
  await engine.signIn(email);
  await engine.sync();
  return engine;
}

describe('baskets', () => {
  it('are listed last changed first, with sums rounded line by line', async () => {
    const vehicleId = newId();
    const [small, template, deleted] = [newId(), newId(), newId()];
    const engine = await synced([
      { type: 'vehicle', id: vehicleId, value: aVehicle() },
      {
        type: 'basket',
        id: small,
        value: aBasket({
          vehicleId,
          changedAt: '2026-03-02T10:00:00.000Z',
          lines: [
            // 3 × 1.03 € at 5.5 %: 0.16995 € of VAT, rounded on the line.
            aLine('A1', { quantity: 3, price: price(103, { vatRate: 550 }) }),
            aLine('A2', { quantity: 2, price: price(99, { at: '2026-02-01T10:00:00.000Z' }), vehicleId }),
            aLine('A3', { quantity: 4 }),
          ],
        }),
      },
      {
        type: 'basket',
        id: template,
        value: aBasket({ name: 'Modèle', isTemplate: true, changedAt: '2026-03-03T10:00:00.000Z' }),
      },
      { type: 'basket', id: deleted, value: aBasket({ deletedAt: '2026-03-04T10:00:00.000Z' }) },
    ]);
    const { handlers } = engine;
    const { baskets } = await must(handlers['baskets.list'](undefined));
    expect(baskets.map(({ id }) => id)).toEqual([template, small, deleted]);
    expect(baskets[0]).toMatchObject({ isTemplate: true, lineCount: 0, total: { exclVat: 0, unpriced: 0 } });
    expect(baskets[2]).toMatchObject({ deletedAt: '2026-03-04T10:00:00.000Z' });
    expect(baskets[1]).toEqual({
      id: small,
      name: 'Révision',
      isTemplate: false,
      vehicle: { id: vehicleId, plate: 'AB-123-CD', label: 'Renault Clio IV' },
      lineCount: 3,
      quantity: 9,
      total: {
        exclVat: 309 + 198,
        inclVat: 309 + 17 + 198 + 40,
        currency: 'EUR',
        unpriced: 1,
        oldestPriceAt: '2026-02-01T10:00:00.000Z',
      },
      changedAt: '2026-03-02T10:00:00.000Z',
      pending: false,
    });
    const detail = await must(handlers['baskets.get']({ id: small }));
    expect(detail.row).toEqual(baskets[1]);
    expect(
      detail.lines.map(({ exclVat, inclVat, vehicle, pending }) => [exclVat, inclVat, vehicle?.id, pending]),
    ).toEqual([
      [309, 326, undefined, false],
      [198, 238, vehicleId, false],
      [undefined, undefined, undefined, false],
    ]);
    expect((await engine.status()).counts.baskets).toBe(2);
    expect(await kindOf(handlers['baskets.get']({ id: newId() }))).toBe('not_found');
  });

  it('are found by the words of their name and of their vehicle, save deleted ones', async () => {
    const vehicleId = newId();
    const [brakes, service2, gone] = [newId(), newId(), newId()];
    const engine = await synced([
      { type: 'vehicle', id: vehicleId, value: aVehicle({ customerName: 'Zoé Lefèvre' }) },
      { type: 'basket', id: brakes, value: aBasket({ name: 'Étriers arrière', vehicleId }) },
      {
        type: 'basket',
        id: service2,
        value: aBasket({ name: 'Révision arrière', changedAt: '2026-03-05T10:00:00.000Z' }),
      },
      {
        type: 'basket',
        id: gone,
        value: aBasket({ name: 'Arrière', deletedAt: '2026-03-04T10:00:00.000Z' }),
      },
    ]);
    const found = async (text: string, limit = 5): Promise<unknown[]> => {
      const { baskets } = await must(engine.handlers['search.query']({ text, limit }));
      return [...baskets.hits.map(({ id }) => id), ...(baskets.more ? ['more'] : [])];
    };
    expect(await found('ARRIERE')).toEqual([service2, brakes]);
    expect(await found('arriere', 1)).toEqual([service2, 'more']);
    expect(await found('etriers ab123')).toEqual([brakes]);
    expect(await found('lefevre')).toEqual([brakes]);
    expect(await found('lefevre revision')).toEqual([]);
    expect(await found(' - ')).toEqual([]);
    await must(
      engine.handlers['changes.make']({ name: 'basket.rename', args: { id: brakes, name: 'Autre chose' } }),
    );
    expect(await found('arriere')).toEqual([service2]);
  });

  it('mark the lines and fields that are on this computer only', async () => {
    const id = newId();
    const lines = [aLine('A1'), aLine('A2')];
    const { handlers } = await synced([{ type: 'basket', id, value: aBasket({ lines }) }]);
    proxy.rule = always(/./, { kind: 'cut' });
    const [, second] = lines;
    const make = (name: string, args: object) => must(handlers['changes.make']({ name, args }));
    await make('basket.rename', { id, name: 'Freins' });
    const { reference, brand, name } = second as BasketLine;
    await make('basket.setQuantity', {
      basketId: id,
      lineId: second?.id,
      quantity: 5,
      part: { reference, brand, name },
    });
    const detail = await must(handlers['baskets.get']({ id }));
    expect(detail.row).toMatchObject({ name: 'Freins', quantity: 6, pending: true });
    expect(detail.lines.map(({ pending }) => pending)).toEqual([false, true]);
    expect([...detail.pendingMarks].sort()).toEqual([`line:${second?.id}`, 'name']);
  });
});

describe('the prices of a basket', () => {
  it('are asked for in requests of 500 parts, kept, and told where they differ', async () => {
    const id = newId();
    const lines = Array.from({ length: 1100 }, (_, n) => aLine(`R${n}`, { price: price(1000) }));
    const now = price(1000, { at: '2026-11-22T08:00:00.000Z' });
    for (const { reference } of lines) said.set(reference, now);
    said.set('R1', price(1200, { at: now.at, availability: 'on_order' }));
    said.set('R2', null);
    // An answer older than what is known is no news.
    said.set('R3', price(900, { at: '2026-01-01T08:00:00.000Z' }));
    const { handlers, ...engine } = await synced([{ type: 'basket', id, value: aBasket({ lines }) }]);
    const refreshed = await must(handlers['baskets.refreshPrices']({ id }));
    expect(asked).toEqual([500, 500, 100]);
    expect(refreshed).toEqual({
      checked: 1100,
      changes: [{ lineId: lines[1]?.id, name: 'Pièce R1', before: price(1000), now: said.get('R1') }],
      unknown: [{ lineId: lines[2]?.id, name: 'Pièce R2' }],
    });
    const after = await must(handlers['baskets.get']({ id }));
    expect(after.lines.slice(0, 5).map(({ line }) => line.price)).toEqual([
      now,
      said.get('R1'),
      price(1000),
      price(1000),
      now,
    ]);
    expect(after.lines.at(-1)?.line.price).toEqual(now);
    await engine.sync();
    expect((await must(handlers['baskets.get']({ id }))).row.pending).toBe(false);
    // Everything is known by now: nothing is changed again.
    expect(await must(handlers['baskets.refreshPrices']({ id }))).toMatchObject({
      checked: 1100,
      changes: [],
    });
    expect((await must(handlers['baskets.get']({ id }))).row.pending).toBe(false);
  });

  it('stay as they are when the service cannot be asked, or answers something else', async () => {
    const id = newId();
    const lines = Array.from({ length: 600 }, (_, n) => aLine(`R${n}`, { price: price(1000) }));
    const engine = await synced([{ type: 'basket', id, value: aBasket({ lines }) }]);
    const { handlers } = engine;
    for (const { reference } of lines) said.set(reference, price(1, { at: '2026-11-22T08:00:00.000Z' }));
    proxy.rule = always(/prices/, { kind: 'cut' });
    expect(await kindOf(handlers['baskets.refreshPrices']({ id }))).toBe('offline');
    // The second request fails: the first one's answers are not kept either.
    let requests = 0;
    proxy.rule = ({ path }) => (/prices/.test(path) && (requests += 1) === 2 ? { kind: 'cut' } : undefined);
    expect(await kindOf(handlers['baskets.refreshPrices']({ id }))).toBe('offline');
    const after = await must(handlers['baskets.get']({ id }));
    expect(after.row).toMatchObject({ pending: false, total: { exclVat: 600_000 } });
    expect(await kindOf(handlers['baskets.refreshPrices']({ id: newId() }))).toBe('not_found');
  });

  it('are not asked for where there is no line', async () => {
    const id = newId();
    const { handlers } = await synced([{ type: 'basket', id, value: aBasket() }]);
    expect(await must(handlers['baskets.refreshPrices']({ id }))).toEqual({
      checked: 0,
      changes: [],
      unknown: [],
    });
    expect(asked).toEqual([]);
  });
});

it('writes a basket as French and English spreadsheets read it', async () => {
  const id = newId();
  const [own, other] = [newId(), newId()];
  const entities: Entity[] = [
    { type: 'vehicle', id: own, value: aVehicle() },
    { type: 'vehicle', id: other, value: aVehicle({ plate: 'EF-456-GH' }) },
    {
      type: 'basket',
      id,
      value: aBasket({
        vehicleId: own,
        lines: [
          aLine('0 986 494 660', {
            quantity: 3,
            price: price(2550, { vatRate: 550 }),
            name: 'Étrier; "avant"',
          }),
          aLine('=1+1', { vehicleId: other }),
        ],
      }),
    },
  ];
  const french = await synced(entities);
  const path = join(french.folder, 'panier.csv');
  expect(await must(french.handlers['exports.basketCsv']({ id, path }))).toEqual({ count: 2 });
  expect(readFileSync(path, 'utf8')).toBe(
    '\ufeffRéférence;Marque;Désignation;Quantité;Immatriculation;Prix unitaire HT;TVA %;Total HT;Devise;Date du prix\r\n' +
      '0 986 494 660;Bosch;"Étrier; ""avant""";3;AB-123-CD;25,50;5,50;76,50;EUR;2026-03-01\r\n' +
      "'=1+1;Bosch;Pièce =1+1;1;EF-456-GH;;;;;\r\n",
  );
  const english = await synced(entities, 'en');
  const csv = join(english.folder, 'basket.csv');
  await must(english.handlers['exports.basketCsv']({ id, path: csv }));
  expect(readFileSync(csv, 'utf8')).toContain('Bosch,"Étrier; ""avant""",3,AB-123-CD,25.50,5.50,76.50,EUR');
});
