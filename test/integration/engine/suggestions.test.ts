import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { setMeta } from '#core/db/meta.ts';
import { Store } from '#core/db/store.ts';
import { Queries } from '#core/queries/queries.ts';
import { foldCompact } from '#shared/domain/fold.ts';
import { currentStatus } from '#shared/domain/order-status.ts';
import type { Order } from '#shared/domain/order.ts';
import { generateDemo } from '#service/demo/generate.ts';
import { cachePath, Folders, must, openTestEngine, PASSWORD, type TestEngine } from '#test/support/engine.ts';
import { startService, type Entity, type RunningService } from '#test/support/service.ts';
import { cacheKey } from '#test/support/keys.ts';

/** Against orders like those of a real garage, what is suggested is what the slow and obvious way suggests. */
let service: RunningService;
let engine: TestEngine;
let accountId: string;
const folders = new Folders();
const garage = [...generateDemo({ seed: 'suggestions', today: '2026-11-22', garageOrders: 250 })].find(
  ({ profile }) => profile.kind === 'garage',
);
const entities: Entity[] = [...(garage?.entities ?? [])];
const orders = entities
  .flatMap((entity) => (entity.type === 'order' ? [entity.value] : []))
  .sort((a, b) => (a.placedAt < b.placedAt ? 1 : -1));

beforeAll(async () => {
  service = await startService();
  accountId = await service.createAccount({ email: 'a@example.org', password: PASSWORD, entities });
  engine = openTestEngine({ url: service.url, folder: folders.make() });
  await engine.signIn('a@example.org');
  await engine.sync();
});
afterAll(async () => {
  await engine.close();
  await service.close();
  folders.clear();
});

type Line = Order['lines'][number];
const nameOf = ({ reference, brand, name }: Pick<Line, 'reference' | 'brand' | 'name'>): string =>
  `${reference}|${brand}|${name}`;
const vehicleOf = (line: Line, order: Order): string | undefined => line.vehicleId ?? order.vehicleId;

interface Naive {
  name: string;
  times: number;
  order: Order;
  line: Line;
  exact: boolean;
  forVehicle: boolean;
}

function naive(text: string, vehicle?: string): Naive[] {
  const words = text.split(/\s+/).map(foldCompact).filter(Boolean);
  const found = new Map<string, Naive>();
  for (const order of orders) {
    if (currentStatus(order.events).status === 'cancelled') continue;
    const here = new Set<string>();
    for (const line of order.lines) {
      const fields = [line.reference, line.brand, line.name].map(foldCompact);
      if (!words.every((word) => fields.some((field) => field.includes(word)))) continue;
      const name = nameOf(line);
      const known = found.get(name) ?? {
        name,
        times: 0,
        order,
        line,
        exact: fields[0] === foldCompact(text),
        forVehicle: false,
      };
      if (vehicle !== undefined && vehicleOf(line, order) === vehicle) known.forVehicle = true;
      if (!here.has(name)) known.times += 1;
      here.add(name);
      found.set(name, known);
    }
  }
  const all = [...found.values()].filter(
    ({ forVehicle }) => words.length > 0 || vehicle === undefined || forVehicle,
  );
  return all.sort(
    (a, b) =>
      Number(b.exact) - Number(a.exact) || Number(b.forVehicle) - Number(a.forVehicle) || b.times - a.times,
  );
}

const pieces = (): string[] => {
  const lines = orders.flatMap((order) => order.lines).filter((_, index) => index % 37 === 0);
  return lines.flatMap(({ reference, brand, name }) => [
    reference,
    reference.slice(0, 4),
    reference.replace(/[\s.-]/g, '').toLowerCase(),
    `${brand.toUpperCase()} ${name.slice(0, 5)}`,
    name.slice(1, 6),
    name.slice(0, 2),
  ]);
};

it('suggests what was bought before, the whole reference first, then the most often bought', async () => {
  for (const text of ['', 'plaquette', 'ETRIER', 'huile 5w30', 'zzzz', ...pieces()]) {
    const expected = naive(text);
    const suggested = await must(engine.handlers['baskets.suggest']({ text, limit: 50 }));
    const byName = new Map(expected.map((one) => [one.name, one]));
    // Equals in rank may come in any order; what is shown is told rightly.
    const ranks = suggested.map(({ part }) => byName.get(nameOf(part)));
    expect(
      ranks.map((one) => [one?.exact, one?.times]),
      text,
    ).toEqual(expected.slice(0, 50).map(({ exact, times }) => [exact, times]));
    for (const { part, price, lastBoughtOn, timesBought, vehicle } of suggested) {
      const one = byName.get(nameOf(part));
      expect(timesBought).toBe(one?.times);
      expect(lastBoughtOn).toBe(one?.order.placedOn);
      expect(price).toEqual({
        exclVat: one?.line.unitPriceExclVat,
        vatRate: one?.line.vatRate,
        currency: one?.order.currency,
        at: one?.order.placedAt,
      });
      expect(vehicle?.id).toBe(one && vehicleOf(one.line, one.order));
    }
  }
});

it('prefers what was bought for the vehicle', async () => {
  const vehicles = entities.filter(({ type }) => type === 'vehicle').slice(0, 12);
  let preferred = 0;
  for (const { id: vehicle } of vehicles) {
    for (const text of ['', 'filtre', 'frein', 'bosch']) {
      const expected = naive(text, vehicle);
      const suggested = await must(engine.handlers['baskets.suggest']({ text, vehicle, limit: 10 }));
      const byName = new Map(expected.map((one) => [one.name, one]));
      const ranks = suggested.map(({ part }) => byName.get(nameOf(part)));
      expect(ranks.map((one) => [one?.forVehicle, one?.times])).toEqual(
        expected.slice(0, 10).map(({ forVehicle, times }) => [forVehicle, times]),
      );
      const own = suggested.filter((_, index) => ranks[index]?.forVehicle === true);
      preferred += own.length;
      expect(own.every((one) => one.vehicle?.id === vehicle)).toBe(true);
    }
  }
  expect(preferred).toBeGreaterThan(20);
});

it('suggests the same for one letter and two, common and rare, for a vehicle and for none', async () => {
  const names = orders.flatMap((order) => order.lines).map(({ name, reference }) => `${name} ${reference}`);
  // More parts than are looked at before all texts are read.
  expect(new Set(orders.flatMap((order) => order.lines).map(nameOf)).size).toBeGreaterThan(450);
  const letters = new Set(
    names
      .join(' ')
      .toLowerCase()
      .match(/[a-z0-9]/g),
  );
  const pairs = new Set(names.flatMap((name) => foldCompact(name).match(/../g) ?? []));
  const [vehicle] = entities.filter(({ type }) => type === 'vehicle').map(({ id }) => id);
  const rare = [...pairs].filter((_, index) => index % 9 === 0);
  for (const text of [...letters, ...rare, 'a b', 'e 1 f']) {
    for (const of of [undefined, vehicle]) {
      const expected = naive(text, of);
      const suggested = await must(
        engine.handlers['baskets.suggest']({ text, limit: 10, ...(of !== undefined && { vehicle: of }) }),
      );
      const byName = new Map(expected.map((one) => [one.name, one]));
      const ranks = suggested.map(({ part }) => byName.get(nameOf(part)));
      expect(
        ranks.map((one) => [one?.exact, one?.forVehicle, one?.times]),
        text,
      ).toEqual(expected.slice(0, 10).map(({ exact, forVehicle, times }) => [exact, forVehicle, times]));
    }
  }
});

it('knows no part of a vehicle that it does not know', async () => {
  const vehicle = '0192b1c4-7d3e-7a55-8c1d-0000000000ff';
  expect(await must(engine.handlers['baskets.suggest']({ text: '', vehicle, limit: 10 }))).toEqual([]);
  expect(await must(engine.handlers['baskets.suggest']({ text: 'filtre', vehicle, limit: 10 }))).toHaveLength(
    10,
  );
});

it('suggests the same before the search tables are there', async () => {
  const copy = folders.make();
  cpSync(dirname(cachePath(engine.folder, accountId)), copy, { recursive: true });
  const store = new Store(
    join(copy, 'cache.db'),
    engine.host.log,
    undefined,
    cacheKey(cachePath(engine.folder, accountId)),
  );
  const queries = new Queries(store, { downloading: () => false, ids: () => [], version: () => 0 });
  await store.write((db) => {
    for (const table of ['order_part', 'order_text', 'part_text'])
      db.run(
        table === 'order_part'
          ? `DELETE FROM ${table}`
          : `INSERT INTO ${table} (${table}) VALUES ('delete-all')`,
      );
    setMeta(db, 'searchBuilt', undefined);
  });
  const [vehicle] = entities.filter(({ type }) => type === 'vehicle');
  for (const text of ['', 'filtre', ...pieces().slice(0, 40)]) {
    for (const input of [
      { text, limit: 20 },
      { text, limit: 20, vehicle: vehicle?.id },
    ]) {
      const shown = await must(engine.handlers['baskets.suggest'](input));
      expect(queries.suggest(input), text).toEqual(shown);
    }
  }
  await store.close();
});
