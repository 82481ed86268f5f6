import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import type { Uuid } from '#shared/domain/ids.ts';
import type { EventPayload } from '#shared/ipc/contract.ts';
import {
  cachePath,
  dumpCache,
  Folders,
  must,
  openTestEngine,
  PASSWORD,
  type TestEngine,
} from '#test/support/engine.ts';
import { anOrder, aProfile } from '#test/support/entities.ts';
import type { FaultyProxy } from '#test/support/faulty-proxy.ts';
import { always, nth, startFaultyProxy } from '#test/support/faulty-proxy.ts';
import { startService, type RunningService } from '#test/support/service.ts';

/** A fleet that takes many changes, several requests, and more than one folding of the database's log. */
const VEHICLES = 2600;
const PUSH = /^\/v1\/sync\/push/;

let service: RunningService;
let proxy: FaultyProxy;
const folders = new Folders();
const open: TestEngine[] = [];

beforeAll(async () => {
  service = await startService();
  proxy = await startFaultyProxy(service.url);
});
afterEach(async () => {
  proxy.rule = undefined;
  await Promise.all(open.splice(0).map((engine) => engine.close()));
  folders.clear();
});
afterAll(async () => {
  await proxy.close();
  await service.close();
});

const email = 'parc@example.org';
async function device(accountUrl = proxy.url): Promise<TestEngine> {
  const engine = openTestEngine({ url: accountUrl, folder: folders.make() });
  open.push(engine);
  await engine.signIn(email);
  await engine.sync();
  return engine;
}

async function account(): Promise<Uuid> {
  return service.createAccount({
    email,
    password: PASSWORD,
    entities: [
      { type: 'profile', id: newId(), value: aProfile({ email }) },
      { type: 'order', id: newId(), value: anOrder() },
    ],
  });
}

const vehicles = (engine: TestEngine): Promise<number> => must(engine.handlers['vehicles.count']({}));

it('imports a large fleet while others are answered, sends it exactly once, and can take a part of it back', async () => {
  const accountId = await account();
  const engine = await device();
  const { handlers } = engine;
  const path = join(engine.folder, 'parc.csv');
  const rows = Array.from({ length: VEHICLES }, (_, n) => `ZZ-${n};Renault;Clio;Client ${n}`);
  writeFileSync(path, `Immatriculation;Marque;Modèle;Client\n${rows.join('\n')}\n`);
  const { importId, counts } = await must(handlers['vehicles.importPreview']({ path }));
  expect(counts).toEqual({ add: VEHICLES, change: 0, same: 0, invalid: 0 });

  proxy.rule = always(/./, { kind: 'cut' });
  const progress: EventPayload<'job'>[] = [];
  engine.on('job', (event) => progress.push(event));
  let done = false;
  const jobId = newId();
  const applying = must(handlers['vehicles.importApply']({ importId, jobId })).finally(() => (done = true));
  const seen: number[] = [];
  while (!done) {
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(await vehicles(engine));
  }
  expect(await applying).toEqual({ added: VEHICLES, changed: 0, skipped: 0 });
  // Whoever asks sees whole changes, of a hundred vehicles each, and ever more of them.
  expect(new Set(seen).size).toBeGreaterThan(5);
  expect(seen.every((count, index) => count % 100 === 0 && count >= (seen[index - 1] ?? 0))).toBe(true);
  expect(progress.map(({ done: made }) => made)).toEqual(
    Array.from({ length: VEHICLES / 100 + 1 }, (_, n) => n * 100).concat(VEHICLES),
  );
  expect(progress.every((event) => event.jobId === jobId && event.total === VEHICLES)).toBe(true);

  const { waiting, waitingCount } = await must(handlers['changes.list'](undefined));
  expect(waitingCount).toBe(VEHICLES / 100);
  expect(waiting.every(({ canUndo }) => canUndo)).toBe(true);

  // The service acts and its answer is lost: what it has taken is sent again and is not taken twice.
  proxy.rule = nth(2, PUSH, { kind: 'lose' });
  await engine.sync();
  proxy.rule = undefined;
  expect(proxy.count(PUSH)).toBeGreaterThan(2);
  const status = await engine.sync();
  expect(status).toMatchObject({ phase: 'idle', changes: { waiting: 0, refused: 0 } });
  expect(await vehicles(engine)).toBe(VEHICLES);
  const other = await device(service.url);
  expect(await vehicles(other)).toBe(VEHICLES);
  const dumped = (of: TestEngine): string[] => dumpCache(cachePath(of.folder, accountId));
  expect(dumped(other)).toEqual(dumped(engine));

  expect(await must(handlers['changes.undo']({ id: waiting[3]?.id ?? '' }))).toEqual({ undone: true });
  expect(await vehicles(engine)).toBe(VEHICLES - 100);
  await engine.sync();
  await other.sync();
  expect(await vehicles(other)).toBe(VEHICLES - 100);
  expect(dumped(other)).toEqual(dumped(engine));
});
