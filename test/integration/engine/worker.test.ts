import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startEngine, type EngineThread } from '#core/client.ts';
import { newId } from '#shared/domain/ids.ts';
import {
  EMAIL,
  engineOptions,
  Folders,
  kindOf,
  must,
  PASSWORD,
  testHost,
  until,
  type TestHost,
} from '#test/support/engine.ts';
import { anInvoice, anOrder, aProfile } from '#test/support/entities.ts';
import type { FaultyProxy } from '#test/support/faulty-proxy.ts';
import { always, nth, startFaultyProxy } from '#test/support/faulty-proxy.ts';
import { startService, type RunningService } from '#test/support/service.ts';

let service: RunningService;
let proxy: FaultyProxy;
const folders = new Folders();
const open: EngineThread[] = [];
const invoiceId = newId();
const PULL = /^\/v1\/sync\/pull/;

beforeAll(async () => {
  service = await startService();
  proxy = await startFaultyProxy(service.url);
  const orderId = newId();
  const orders = Array.from({ length: 900 }, () => ({
    type: 'order' as const,
    id: newId(),
    value: anOrder(),
  }));
  await service.createAccount({
    email: EMAIL,
    password: PASSWORD,
    entities: [
      { type: 'profile', id: newId(), value: aProfile() },
      { type: 'order', id: orderId, value: anOrder() },
      { type: 'invoice', id: invoiceId, value: anInvoice(orderId) },
      ...orders,
    ],
  });
});
afterEach(async () => {
  proxy.rule = undefined;
  proxy.seen.length = 0;
  await Promise.all(open.splice(0).map((engine) => engine.close()));
  folders.clear();
});
afterAll(async () => {
  await proxy.close();
  await service.close();
});

function start(folder = folders.make(), host: TestHost = testHost()): EngineThread {
  const worker = new URL('../../../electron/core/worker.ts', import.meta.url);
  const engine = startEngine({ worker, options: engineOptions(folder, proxy.url), host });
  open.push(engine);
  return engine;
}

it('serves calls, events, bytes and the keyring across the threads', async () => {
  const host = testHost();
  const engine = start(undefined, host);
  const topics = new Set<string>();
  engine.on('changed', (event) => event.topics.forEach((topic) => topics.add(topic)));
  await must(engine.handlers['session.signIn']({ email: EMAIL, password: PASSWORD }));
  expect(await must(engine.handlers['sync.now'](undefined))).toMatchObject({
    phase: 'idle',
    counts: { orders: 901 },
  });
  // The session's, and the part of the key that the keyring keeps.
  expect([...host.secrets.values()]).toHaveLength(2);
  const bytes = await must(engine.handlers['invoices.bytes']({ id: invoiceId }));
  expect(bytes).toBeInstanceOf(Uint8Array);
  expect(Buffer.from(bytes).subarray(0, 5).toString()).toBe('%PDF-');
  const file = await must(engine.handlers['invoices.file']({ id: invoiceId }));
  expect(Buffer.from(file.bytes).equals(bytes)).toBe(true);
  await until(() => topics.has('orders') && topics.has('invoices'));
});

it('is started again when it dies in the middle of a sync, and goes on', async () => {
  const host = testHost();
  const engine = start(undefined, host);
  proxy.rule = nth(2, PULL, { kind: 'hang' });
  await must(engine.handlers['session.signIn']({ email: EMAIL, password: PASSWORD }));
  await until(() => proxy.count(PULL) === 2, 'the second page');
  await until(
    async () => ((await must(engine.handlers['sync.status'](undefined))).firstSync?.received ?? 0) > 0,
    'the first page',
  );
  const waiting = engine.handlers['sync.now'](undefined);
  await engine.crash();
  expect(await kindOf(waiting)).toBe('engine_restarted');
  proxy.rule = undefined;
  proxy.seen.length = 0;
  await until(async () => {
    const status = await engine.handlers['sync.status'](undefined);
    return status.ok && status.value.phase === 'idle' && status.value.counts.orders === 901;
  }, 'the rest of the orders');
  expect(
    new URL(proxy.seen.find(({ path }) => PULL.test(path))?.path ?? '/', 'http://x').searchParams.get(
      'cursor',
    ),
  ).toBeTruthy();
  expect(host.logged.some(({ message }) => message.includes('started again'))).toBe(true);
});

it('answers a bug as internal, tells the log where it was, and lives on', async () => {
  const host = testHost();
  const engine = start(undefined, host);
  await must(engine.handlers['session.signIn']({ email: EMAIL, password: PASSWORD }));
  const secret = 'a person’s own words';
  expect(
    await kindOf(engine.handlers['search.query']({ text: { secret } as unknown as string, limit: 5 })),
  ).toBe('internal');
  const told = JSON.stringify(host.logged);
  expect(told).toContain('search.query');
  expect(told).not.toContain(secret);
  expect((await engine.handlers['session.get'](undefined)).ok).toBe(true);
});

it('ends with requests under way, and answers nothing afterwards', async () => {
  const engine = start();
  await must(engine.handlers['session.signIn']({ email: EMAIL, password: PASSWORD }));
  proxy.rule = always(/./, { kind: 'hang' });
  const waiting = engine.handlers['sync.now'](undefined);
  await engine.close();
  await waiting;
  expect(await kindOf(engine.handlers['session.get'](undefined))).toBe('cancelled');
});
