import { statSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { nodeTransport } from '#core/service/node-transport.ts';
import type { Transport } from '#core/service/transport.ts';
import { generateDemo } from '#service/demo/generate.ts';
import {
  cachePath,
  dumpCache,
  dumpEntities,
  Folders,
  must,
  openTestEngine,
  PASSWORD,
  until,
  type TestEngine,
} from '#test/support/engine.ts';
import { anOrder, aVehicle } from '#test/support/entities.ts';
import { newId } from '#shared/domain/ids.ts';
import type { Topic } from '#shared/ipc/contract.ts';
import { startService, type Entity, type RunningService } from '#test/support/service.ts';

let service: RunningService;
const folders = new Folders();
const open: TestEngine[] = [];
const demo = [...generateDemo({ seed: 'first-sync', today: '2026-11-22', garageOrders: 700 })];
const garage = [...(demo.find(({ profile }) => profile.kind === 'garage')?.entities ?? [])];

beforeAll(async () => {
  service = await startService();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((engine) => engine.close()));
  folders.clear();
});
afterAll(() => service.close());

async function signedIn(entities: readonly Entity[]): Promise<{ engine: TestEngine; accountId: string }> {
  const email = `${newId()}@example.org`;
  const accountId = await service.createAccount({ email, password: PASSWORD, entities });
  const engine = openTestEngine({ url: service.url, folder: folders.make() });
  open.push(engine);
  await engine.signIn(email);
  return { engine, accountId };
}

it('brings everything that the service has, and no more', async () => {
  const { engine, accountId } = await signedIn(garage);
  const status = await engine.sync();
  expect(status).toMatchObject({ phase: 'idle', unreadable: 0 });
  expect(status.firstSync).toBeUndefined();
  expect(dumpCache(cachePath(engine.folder, accountId))).toEqual(dumpEntities(garage));
  const orders = garage.filter(({ type }) => type === 'order');
  expect(status.counts.orders).toBe(orders.length);
  const [newest] = await must(engine.handlers['orders.page']({ filter: {}, offset: 0, limit: 1 }));
  const latest = orders
    .map(({ value }) => value as { number: string; placedAt: string })
    .sort((a, b) => (a.placedAt < b.placedAt ? 1 : -1))[0];
  expect(newest?.number).toBe(latest?.number);
});

it('tells how far the first read has come, and which topics changed', async () => {
  const email = `${newId()}@example.org`;
  await service.createAccount({ email, password: PASSWORD, entities: garage });
  const expected: number[] = [];
  const node = nodeTransport();
  // Pages that come faster than the window is told would leave no progress to tell.
  const transport: Transport = async (request) => {
    if (request.url.includes('cursor=')) await until(() => expected.length > 0, 'progress');
    return node.transport(request);
  };
  const engine = openTestEngine({ url: service.url, folder: folders.make(), env: { transport } });
  open.push(engine);
  const topics = new Set<Topic>();
  engine.on('sync.status', ({ firstSync }) => {
    if (firstSync?.expected !== undefined && firstSync.received > 0) expected.push(firstSync.expected);
  });
  engine.on('changed', (event) => event.topics.forEach((topic) => topics.add(topic)));
  await engine.signIn(email);
  await engine.sync();
  expect(expected[0]).toBe(garage.length);
  await until(() =>
    (['orders', 'invoices', 'vehicles', 'profile'] as const).every((topic) => topics.has(topic)),
  );
  node.close();
});

it('follows what changes and what goes, and reads it only once', async () => {
  const [vehicleId, first, second] = [newId(), newId(), newId()];
  const { engine, accountId } = await signedIn([
    { type: 'vehicle', id: vehicleId, value: aVehicle() },
    { type: 'order', id: first, value: anOrder({ number: 'A1' }) },
    { type: 'order', id: second, value: anOrder({ number: 'B2' }) },
  ]);
  await engine.sync();
  await service.feed.put(
    accountId,
    'order',
    first,
    anOrder({ number: 'A1', vehicleId, events: [{ status: 'delivered', at: '2026-03-05T10:00:00.000Z' }] }),
  );
  await service.feed.delete(accountId, 'order', second);
  const status = await engine.sync();
  expect(status.counts).toEqual({ orders: 1, invoices: 0, vehicles: 1, baskets: 0 });
  const rows = await must(engine.handlers['orders.page']({ filter: {}, offset: 0, limit: 10 }));
  expect(rows).toMatchObject([
    {
      id: first,
      status: 'delivered',
      vehicle: { id: vehicleId, plate: 'AB-123-CD', label: 'Renault Clio IV' },
    },
  ]);
  expect(await must(engine.handlers['orders.summary']({ statuses: ['placed'] }))).toMatchObject({
    count: 0,
    months: [],
  });
  await service.feed.delete(accountId, 'vehicle', vehicleId);
  await engine.sync();
  const [row] = await must(
    engine.handlers['orders.page']({ filter: { vehicle: vehicleId }, offset: 0, limit: 10 }),
  );
  expect(row?.vehicle).toBeUndefined();
  expect(row?.id).toBe(first);
});

it('pulls by itself when the service pokes', async () => {
  const { engine, accountId } = await signedIn([]);
  await engine.sync();
  await until(() => service.service.pokes.size > 0, 'the stream');
  await service.feed.put(accountId, 'order', newId(), anOrder({ number: 'POKED' }));
  await until(async () => (await engine.status()).counts.orders === 1, 'the order that was poked');
});

it('is private to its owner on disk', async () => {
  const { engine, accountId } = await signedIn([]);
  await engine.sync();
  const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);
  expect(mode(cachePath(engine.folder, accountId))).toBe('600');
  expect(mode(`${cachePath(engine.folder, accountId)}-wal`)).toBe('600');
  expect(mode(`${engine.folder}/accounts/${accountId}`)).toBe('700');
  expect(mode(`${engine.folder}/accounts.json`)).toBe('600');
});
