import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock, systemEnv, type Clock } from '#core/env.ts';
import { newId } from '#shared/domain/ids.ts';
import type { MutationCall } from '#shared/mutations/all.ts';
import { Folders, kindOf, must, openTestEngine, PASSWORD, testHost } from '#test/support/engine.ts';
import type { TestEngine, TestEngineOptions } from '#test/support/engine.ts';
import { always, nth, startFaultyProxy, type FaultyProxy } from '#test/support/faulty-proxy.ts';
import { startService, type RunningService } from '#test/support/service.ts';

/** What was tried where no connection came about is as if it had not been tried; what may have arrived stays so. */
const PUSH = /^\/v1\/sync\/push/;
const ALL = /./;

/** On which nothing is tried again by itself. */
const stillClock: Clock = {
  ...systemClock,
  after: (ms, callback) => (ms < 1000 ? systemClock.after(ms, callback) : () => undefined),
};

let service: RunningService;
let proxy: FaultyProxy;
const host = testHost();
const folders = new Folders();
let folder: string;
const open: TestEngine[] = [];

beforeEach(async () => {
  service = await startService();
  proxy = await startFaultyProxy(service.url);
  folder = folders.make();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((engine) => engine.close()));
  await proxy.close();
  await service.close();
  folders.clear();
});

function openEngine(env: TestEngineOptions['env'] = {}): TestEngine {
  const engine = openTestEngine({ url: proxy.url, folder, host, env: { clock: stillClock, ...env } });
  open.push(engine);
  return engine;
}

async function device(env: TestEngineOptions['env'] = {}): Promise<TestEngine> {
  const email = `${newId()}@example.org`;
  await service.createAccount({ email, password: PASSWORD });
  const engine = openEngine(env);
  await engine.signIn(email);
  await engine.sync();
  return engine;
}

/** Nothing listens at the address any more, until the answer is called. */
async function away(engine: TestEngine): Promise<() => Promise<void>> {
  const { port } = new URL(proxy.url);
  await proxy.close();
  // A first try ends what was kept open.
  expect(await engine.sync()).toMatchObject({ phase: 'offline' });
  return async () => {
    proxy = await startFaultyProxy(service.url, Number(port));
  };
}

async function make(engine: TestEngine, id: string): Promise<string> {
  const call: MutationCall = { name: 'basket.create', args: { id, name: 'Révision' } };
  const made = await must(engine.handlers['changes.make'](call));
  if (!made.made) throw new Error(`refused: ${JSON.stringify(made.refusal)}`);
  return made.id;
}
const statesOf = async (engine: TestEngine): Promise<string[]> =>
  (await must(engine.handlers['changes.list'](undefined))).waiting.map(({ state }) => state);
const basketsOf = async (engine: TestEngine): Promise<string[]> =>
  (await must(engine.handlers['baskets.list'](undefined))).baskets
    .filter(({ deletedAt }) => deletedAt === undefined)
    .map(({ id }) => id);

describe('a change that was tried while nothing could be reached', () => {
  it('counts as not sent, is withdrawn when it is taken back, and keeps its number', async () => {
    const engine = await device();
    const back = await away(engine);
    const [gone, kept] = [newId(), newId()];
    const id = await make(engine, gone);
    await make(engine, kept);
    expect(await engine.sync()).toMatchObject({ phase: 'offline', problem: { detail: 'ECONNREFUSED' } });
    expect(await statesOf(engine)).toEqual(['waiting', 'waiting']);
    expect(await must(engine.handlers['changes.undo']({ id }))).toEqual({ undone: true });
    expect(await kindOf(engine.handlers['baskets.get']({ id: gone }))).toBe('not_found');
    expect(await engine.sync()).toMatchObject({ phase: 'offline', changes: { waiting: 1 } });
    expect(await statesOf(engine)).toEqual(['waiting']);

    // The journal says the same when the database is opened anew.
    await engine.close();
    const later = openEngine();
    expect(await statesOf(later)).toEqual(['waiting']);
    await back();
    expect(await later.sync()).toMatchObject({ phase: 'idle', changes: { waiting: 0 } });
    expect(await basketsOf(later)).toEqual([kept]);
    const taken = await service.service.store.db.selectFrom('mutations').select(['seq', 'outcome']).execute();
    expect(taken).toEqual([1, 2].map((seq) => ({ seq, outcome: 'applied' })));
  });

  it('counts as sent when the app ended before it could note that nothing had left', async () => {
    let dead = false;
    const { env } = systemEnv();
    const engine = await device({
      transport: (request) =>
        env.transport(request).catch((error: unknown) => {
          dead = PUSH.test(new URL(request.url).pathname);
          throw error;
        }),
      beforeWrite: () => {
        if (dead) throw new Error('the app has ended');
      },
    });
    await away(engine);
    await make(engine, newId());
    await engine.sync();
    expect(dead).toBe(true);
    dead = false;
    await engine.close();
    expect(await statesOf(openEngine())).toEqual(['sent']);
  });
});

describe('a change that may have arrived', () => {
  it('counts as sent for good, however often nothing can be reached afterwards', async () => {
    const engine = await device();
    proxy.rule = always(ALL, { kind: 'cut' });
    await engine.sync();
    const [first, second] = [newId(), newId()];
    const id = await make(engine, first);
    proxy.rule = nth(1, PUSH, { kind: 'lose' });
    await engine.sync();
    const back = await away(engine);
    await make(engine, second);
    await engine.sync();
    expect(await statesOf(engine)).toEqual(['sent', 'waiting']);
    // It is taken back by its opposite, which the service gets as well.
    expect(await must(engine.handlers['changes.undo']({ id }))).toEqual({ undone: true });
    expect(await statesOf(engine)).toEqual(['sent', 'waiting', 'waiting']);
    await back();
    expect(await engine.sync()).toMatchObject({ phase: 'idle', changes: { waiting: 0 } });
    expect(await basketsOf(engine)).toEqual([second]);
  });

  it('counts as sent when the connection broke', async () => {
    const engine = await device();
    proxy.rule = always(ALL, { kind: 'cut' });
    await engine.sync();
    await make(engine, newId());
    await engine.sync();
    expect(await statesOf(engine)).toEqual(['sent']);
  });
});

it('does not count changes as sent while the session has ended', async () => {
  const engine = await device();
  await service.service.store.db
    .updateTable('sessions')
    .set({ ended_at: '2026-01-01T00:00:00.000Z' })
    .execute();
  await service.service.store.db.deleteFrom('access_tokens').execute();
  expect(await engine.sync()).toMatchObject({ problem: { kind: 'session_expired' } });
  const id = await make(engine, newId());
  await engine.sync();
  expect(await statesOf(engine)).toEqual(['waiting']);
  expect(await must(engine.handlers['changes.undo']({ id }))).toEqual({ undone: true });
});
