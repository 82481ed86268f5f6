import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '#core/env.ts';
import { systemClock } from '#core/env.ts';
import { newId } from '#shared/domain/ids.ts';
import type { SyncStatus } from '#shared/ipc/sync.ts';
import type { MutationCall } from '#shared/mutations/all.ts';
import {
  cachePath,
  dumpCache,
  Folders,
  kindOf,
  must,
  openTestEngine,
  PASSWORD,
  testHost,
  until,
} from '#test/support/engine.ts';
import type { TestEngine, TestEngineOptions } from '#test/support/engine.ts';
import { anOrder, aProfile, aVehicle } from '#test/support/entities.ts';
import type { FaultyProxy } from '#test/support/faulty-proxy.ts';
import { always, nth, startFaultyProxy } from '#test/support/faulty-proxy.ts';
import { startService, type Entity, type RunningService } from '#test/support/service.ts';
import { openCache } from '#test/support/keys.ts';

const PUSH = /^\/v1\/sync\/push/;
const ALL = /./;

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
  proxy.seen.length = 0;
  await Promise.all(open.splice(0).map((engine) => engine.close()));
  folders.clear();
});
afterAll(async () => {
  await proxy.close();
  await service.close();
});

interface Account {
  email: string;
  accountId: string;
}

async function account(entities: Entity[] = []): Promise<Account> {
  const email = `${newId()}@example.org`;
  return { email, accountId: await service.createAccount({ email, password: PASSWORD, entities }) };
}

function openEngine(options: Partial<TestEngineOptions> = {}): TestEngine {
  const engine = openTestEngine({ url: proxy.url, folder: folders.make(), ...options });
  open.push(engine);
  return engine;
}

/** On which nothing is tried again by itself: what is offline stays so until a test says otherwise. */
const stillClock: Clock = {
  ...systemClock,
  after: (ms, callback) => (ms < 1000 ? systemClock.after(ms, callback) : () => undefined),
};

async function device({ email }: Account, options: Partial<TestEngineOptions> = {}): Promise<TestEngine> {
  const engine = openEngine({ env: { clock: stillClock }, ...options });
  await engine.signIn(email);
  await engine.sync();
  return engine;
}

/** Takes the network away from all of them, and lets them notice. A try that is under way meanwhile may still work. */
async function offline(...engines: TestEngine[]): Promise<void> {
  proxy.rule = always(ALL, { kind: 'cut' });
  proxy.disconnect();
  for (const engine of engines) await until(async () => (await engine.sync()).phase === 'offline');
}

/** Gives the network back, and lets them read and send in turn. A try that is under way meanwhile may still fail. */
async function online(...engines: TestEngine[]): Promise<SyncStatus> {
  proxy.rule = undefined;
  let status: SyncStatus | undefined;
  for (const engine of engines) {
    await until(async () => {
      status = await engine.sync();
      return status.phase === 'idle';
    });
  }
  if (!status) throw new Error('nobody to be online');
  return status;
}

/** Makes a change that has to be accepted; answers its id. */
async function make(engine: TestEngine, call: MutationCall): Promise<string> {
  const made = await must(engine.handlers['changes.make'](call));
  if (!made.made) throw new Error(`refused: ${JSON.stringify(made.refusal)}`);
  return made.id;
}

const PART = { reference: '0 986 494 660', brand: 'Bosch', name: 'Plaquettes de frein' };
const create = (id: string, name = 'Révision'): MutationCall => ({
  name: 'basket.create',
  args: { id, name },
});
const add = (basketId: string, quantity = 1, part = PART): MutationCall => ({
  name: 'basket.addLines',
  args: { basketId, lines: [{ part, quantity }] },
});
const basket = (engine: TestEngine, id: string) => must(engine.handlers['baskets.get']({ id }));
const changes = (engine: TestEngine) => must(engine.handlers['changes.list'](undefined));
const same = (a: TestEngine, b: TestEngine, { accountId }: Account): void =>
  expect(dumpCache(cachePath(a.folder, accountId))).toEqual(dumpCache(cachePath(b.folder, accountId)));

it('shows a change at once, marks it as not sent, and sends it when it can', async () => {
  const who = await account();
  const engine = await device(who);
  await offline(engine);
  const id = newId();
  await make(engine, create(id));
  await make(engine, add(id, 2));
  expect(await basket(engine, id)).toMatchObject({
    row: { name: 'Révision', lineCount: 1, quantity: 2, pending: true },
    lines: [{ pending: true }],
  });
  expect((await must(engine.handlers['baskets.list'](undefined))).baskets).toMatchObject([
    { id, pending: true },
  ]);
  const list = await changes(engine);
  expect(list).toMatchObject({ waitingCount: 2, refused: [], notices: [] });
  expect(list.waiting.map(({ name, subject }) => [name, subject.label])).toEqual([
    ['basket.create', 'Révision'],
    ['basket.addLines', 'Révision'],
  ]);
  expect(await engine.sync()).toMatchObject({ phase: 'offline', changes: { waiting: 2 } });
  expect(await online(engine)).toMatchObject({ phase: 'idle', changes: { waiting: 0, refused: 0 } });
  expect(await basket(engine, id)).toMatchObject({ row: { quantity: 2, pending: false }, pendingMarks: [] });
  const other = await device(who);
  expect(await basket(other, id)).toMatchObject({ row: { quantity: 2, pending: false } });
  same(engine, other, who);
});

it('tells of each change before it answers, however quickly they follow each other', async () => {
  const engine = await device(await account());
  await offline(engine);
  const told: string[][] = [];
  engine.on('changed', ({ topics }) => told.push([...topics]));
  const id = newId();
  await make(engine, create(id));
  for (let quantity = 1; quantity <= 5; quantity += 1) {
    told.length = 0;
    await make(engine, add(id, quantity));
    expect(told.flat()).toEqual(expect.arrayContaining(['baskets', 'changes']));
  }
});

it('sends a change by itself, without being asked', async () => {
  const who = await account();
  const [engine, other] = [await device(who), await device(who)];
  const id = newId();
  await make(engine, create(id));
  await until(async () => (await engine.status()).changes.waiting === 0, 'the confirmation');
  await until(
    async () => (await must(other.handlers['baskets.list'](undefined))).baskets.length === 1,
    'the poke',
  );
});

it('changes each kind of thing, and both devices end up with the same', async () => {
  const [vehicleId, orderId] = [newId(), newId()];
  const who = await account([
    { type: 'vehicle', id: vehicleId, value: aVehicle() },
    { type: 'order', id: orderId, value: anOrder() },
  ]);
  await service.feed.put(who.accountId, 'profile', who.accountId, aProfile());
  const [engine, other] = [await device(who), await device(who)];
  await offline(engine);
  await make(engine, { name: 'order.assignVehicle', args: { orderId, vehicleId } });
  await make(engine, { name: 'order.setNote', args: { orderId, note: 'Pour samedi' } });
  await make(engine, {
    name: 'vehicle.setField',
    args: { id: vehicleId, field: 'plate', value: 'XY-987-ZA' },
  });
  await make(engine, { name: 'profile.setField', args: { field: 'displayName', value: 'Dominique' } });
  const rows = await must(
    engine.handlers['orders.page']({ filter: { vehicle: vehicleId }, offset: 0, limit: 5 }),
  );
  expect(rows).toMatchObject([{ id: orderId, pending: true, vehicle: { plate: 'XY-987-ZA' } }]);
  expect((await must(engine.handlers['orders.get']({ id: orderId }))).pendingMarks.sort()).toEqual([
    'note',
    'vehicleId',
  ]);
  expect(await must(engine.handlers['profile.get'](undefined))).toMatchObject({ displayName: 'Dominique' });
  expect(
    (await must(engine.handlers['search.query']({ text: 'XY987', limit: 5 }))).vehicles.hits,
  ).toHaveLength(1);
  expect(await online(engine)).toMatchObject({ phase: 'idle', changes: { waiting: 0, refused: 0 } });
  await other.sync();
  expect(await must(other.handlers['orders.get']({ id: orderId }))).toMatchObject({
    order: { note: 'Pour samedi', vehicleId },
    pendingMarks: [],
  });
  same(engine, other, who);
});

it('refuses what cannot be done, and keeps everything as it is', async () => {
  const engine = await device(await account());
  const id = newId();
  expect(
    await must(engine.handlers['changes.make']({ name: 'basket.rename', args: { id, name: 'x' } })),
  ).toEqual({
    made: false,
    refusal: { kind: 'not_found' },
  });
  expect(await must(engine.handlers['changes.make']({ name: 'basket.burn', args: {} }))).toMatchObject({
    made: false,
    refusal: { kind: 'unknown_mutation' },
  });
  expect(
    await must(engine.handlers['changes.make']({ name: 'basket.create', args: { id, name: '' } })),
  ).toMatchObject({ made: false, refusal: { kind: 'invalid', field: 'name' } });
  expect((await changes(engine)).waitingCount).toBe(0);
});

describe('when answers get lost', () => {
  it('applies a change once, whose answer never came', async () => {
    const who = await account();
    const engine = await device(who);
    const id = newId();
    await make(engine, create(id));
    await engine.sync();
    proxy.rule = nth(1, PUSH, { kind: 'lose' });
    await make(engine, add(id, 3));
    await until(async () => (await engine.status()).phase === 'offline');
    expect(await changes(engine)).toMatchObject({ waiting: [{ state: 'sent' }] });
    await engine.sync();
    expect((await basket(engine, id)).row).toMatchObject({ quantity: 3, pending: false });
    const other = await device(who);
    same(engine, other, who);
  });

  it('learns of a refusal whose answer was lost', async () => {
    const who = await account();
    await service.feed.put(who.accountId, 'profile', who.accountId, aProfile());
    const [engine, other] = [await device(who), await device(who, { url: service.url })];
    await offline(engine);
    await make(engine, { name: 'profile.setField', args: { field: 'firstName', value: 'Ici' } });
    await make(other, { name: 'profile.setField', args: { field: 'firstName', value: 'Ailleurs' } });
    await other.sync();
    let lost = false;
    proxy.rule = ({ path }) => {
      // It tries again by itself, and is not to learn of anything before that was looked at.
      if (lost) return { kind: 'cut' };
      if (!PUSH.test(path)) return undefined;
      lost = true;
      return { kind: 'lose' };
    };
    await until(async () => {
      await engine.sync();
      return lost;
    }, 'the lost answer');
    expect(await must(engine.handlers['profile.get'](undefined))).toMatchObject({ firstName: 'Ici' });
    proxy.rule = undefined;
    const status = await engine.sync();
    expect(status).toMatchObject({ changes: { waiting: 0, refused: 1 } });
    expect(await must(engine.handlers['profile.get'](undefined))).toMatchObject({ firstName: 'Ailleurs' });
    const [refused] = (await changes(engine)).refused;
    expect(refused).toMatchObject({
      state: 'refused',
      base: 'Camille',
      refusal: { kind: 'conflict', present: 'Ailleurs' },
      canSendAgain: true,
    });
    const again = await must(engine.handlers['changes.sendAgain']({ id: refused?.id ?? '' }));
    expect(again.made).toBe(true);
    expect(await engine.sync()).toMatchObject({ changes: { waiting: 0, refused: 0 } });
    await other.sync();
    expect(await must(other.handlers['profile.get'](undefined))).toMatchObject({ firstName: 'Ici' });
    same(engine, other, who);
  });
});

it('lets a refused change go', async () => {
  const who = await account();
  await service.feed.put(who.accountId, 'profile', who.accountId, aProfile());
  const [engine, other] = [await device(who), await device(who, { url: service.url })];
  await offline(engine);
  await make(engine, { name: 'profile.setField', args: { field: 'lastName', value: 'Ici' } });
  await make(other, { name: 'profile.setField', args: { field: 'lastName', value: 'Ailleurs' } });
  await other.sync();
  await online(engine);
  const [refused] = (await changes(engine)).refused;
  await must(engine.handlers['changes.letGo']({ id: refused?.id ?? '' }));
  expect(await kindOf(engine.handlers['changes.letGo']({ id: refused?.id ?? '' }))).toBe('not_found');
  expect(await engine.sync()).toMatchObject({ changes: { waiting: 0, refused: 0 } });
  expect(await must(engine.handlers['profile.get'](undefined))).toMatchObject({ lastName: 'Ailleurs' });
});

describe('undo', () => {
  it('withdraws what has not left, keeping its number', async () => {
    const who = await account();
    const engine = await device(who);
    const [kept, gone] = [newId(), newId()];
    await offline(engine);
    const id = await make(engine, create(gone));
    await make(engine, create(kept));
    expect(await must(engine.handlers['changes.undo']({ id }))).toEqual({ undone: true });
    expect(await kindOf(engine.handlers['baskets.get']({ id: gone }))).toBe('not_found');
    expect(await kindOf(engine.handlers['changes.undo']({ id }))).toBe('not_found');
    expect((await changes(engine)).waitingCount).toBe(1);
    await online(engine);
    const other = await device(who);
    expect((await must(other.handlers['baskets.list'](undefined))).baskets.map((one) => one.id)).toEqual([
      kept,
    ]);
    same(engine, other, who);
  });

  it('does not withdraw what something else builds on', async () => {
    const engine = await device(await account());
    await offline(engine);
    const id = newId();
    const created = await make(engine, create(id));
    const added = await make(engine, add(id));
    expect(await must(engine.handlers['changes.undo']({ id: created }))).toEqual({
      undone: false,
      refusal: { kind: 'later_changes' },
    });
    expect(await must(engine.handlers['changes.undo']({ id: added }))).toEqual({ undone: true });
    expect((await basket(engine, id)).lines).toEqual([]);
    expect(await must(engine.handlers['changes.undo']({ id: created }))).toEqual({ undone: true });
  });

  it('makes the opposite of what has left, once', async () => {
    const who = await account();
    const engine = await device(who);
    const id = newId();
    await make(engine, create(id));
    await make(engine, add(id, 2));
    await engine.sync();
    const more = await make(engine, add(id, 5));
    await engine.sync();
    expect((await basket(engine, id)).row.quantity).toBe(7);
    expect(await must(engine.handlers['changes.undo']({ id: more }))).toEqual({ undone: true });
    expect((await basket(engine, id)).row.quantity).toBe(2);
    expect(await must(engine.handlers['changes.undo']({ id: more }))).toEqual({
      undone: false,
      refusal: { kind: 'already_sent' },
    });
    await engine.sync();
    const other = await device(who);
    expect((await basket(other, id)).row.quantity).toBe(2);
  });

  describe('of several changes to one thing', () => {
    const overwritten = { undone: false, refusal: { kind: 'later_changes' } };
    /** Sets a quantity to 4, 6 and 9, all of which the service has. */
    async function thrice() {
      const who = await account();
      const engine = await device(who);
      const id = newId();
      await make(engine, create(id));
      await make(engine, add(id, 1));
      const lineId = (await basket(engine, id)).lines[0]?.line.id ?? '';
      const set = (quantity: number): Promise<string> =>
        make(engine, { name: 'basket.setQuantity', args: { basketId: id, lineId, quantity, part: PART } });
      const steps = [await set(4), await set(6), await set(9)] as const;
      await engine.sync();
      const undo = (step: string) => must(engine.handlers['changes.undo']({ id: step }));
      return { who, engine, steps, undo, quantity: async () => (await basket(engine, id)).row.quantity };
    }

    it('goes back step by step through what has left', async () => {
      const { engine, steps, undo, quantity } = await thrice();
      expect(await undo(steps[1])).toEqual(overwritten);
      for (const [step, before] of [
        [2, 6],
        [1, 4],
        [0, 1],
      ] as const) {
        expect(await undo(steps[step])).toEqual({ undone: true });
        expect(await quantity()).toBe(before);
        await engine.sync();
      }
    });

    it('does not go past one that is in effect again', async () => {
      const { engine, steps, undo, quantity } = await thrice();
      proxy.rule = always(PUSH, { kind: 'cut' });
      expect(await undo(steps[2])).toEqual({ undone: true });
      const opposite = (await changes(engine)).waiting[0]?.id ?? '';
      expect(await undo(opposite)).toEqual({ undone: true });
      expect(await quantity()).toBe(9);
      expect(await undo(steps[1])).toEqual(overwritten);
    });

    it('goes on after the database was lost', async () => {
      const { who, engine, steps, undo } = await thrice();
      proxy.rule = always(PUSH, { kind: 'cut' });
      expect(await undo(steps[2])).toEqual({ undone: true });
      await engine.close();
      for (const side of ['', '-wal', '-shm'])
        rmSync(cachePath(engine.folder, who.accountId) + side, { force: true });
      const again = openEngine({ folder: engine.folder, host: engine.host, env: { clock: stillClock } });
      // It takes nothing, and can be read.
      proxy.rule = always(PUSH, { kind: 'answer', status: 503 });
      await again.sync();
      expect(await must(again.handlers['changes.undo']({ id: steps[1] }))).toEqual({ undone: true });
    });
  });
});

it('adds up what two devices add, and tells the one that was overruled', async () => {
  const who = await account();
  const [engine, other] = [await device(who), await device(who)];
  const id = newId();
  await make(engine, create(id));
  await make(engine, add(id, 1));
  await engine.sync();
  await other.sync();
  const lineId = (await basket(other, id)).lines[0]?.line.id ?? '';
  await offline(engine, other);
  await make(engine, add(id, 2));
  await make(other, add(id, 4));
  await online(engine, other, engine);
  expect((await basket(engine, id)).row.quantity).toBe(7);
  await offline(engine, other);
  await make(engine, {
    name: 'basket.setQuantity',
    args: { basketId: id, lineId, quantity: 10, part: PART },
  });
  await make(other, { name: 'basket.setQuantity', args: { basketId: id, lineId, quantity: 20, part: PART } });
  await online(engine, other, engine);
  expect((await basket(engine, id)).row.quantity).toBe(20);
  const [notice] = (await changes(engine)).notices;
  expect(notice).toMatchObject({
    notice: { kind: 'quantity_changed', kept: '20', lost: '10' },
    canTakeBack: true,
  });
  expect(await must(engine.handlers['notices.takeBack']({ id: notice?.id ?? '' }))).toMatchObject({
    made: true,
  });
  expect((await basket(engine, id)).row.quantity).toBe(10);
  expect(await engine.status()).toMatchObject({ changes: { notices: 0 } });
  await engine.sync();
  await other.sync();
  expect((await basket(other, id)).row.quantity).toBe(10);
  expect(await other.status()).toMatchObject({ changes: { waiting: 0, notices: 0 } });
  same(engine, other, who);
});

it('keeps what was made offline through a restart', async () => {
  const who = await account();
  const host = testHost();
  const folder = folders.make();
  const engine = await device(who, { host, folder });
  await offline(engine);
  const id = newId();
  await make(engine, create(id));
  await engine.close();
  const later = openEngine({ host, folder });
  expect((await basket(later, id)).row).toMatchObject({ name: 'Révision', pending: true });
  expect(await online(later)).toMatchObject({ phase: 'idle', changes: { waiting: 0 } });
});

it('keeps a log of what each sync came to', async () => {
  const who = await account();
  const engine = await device(who);
  const first = await must(engine.handlers['sync.log'](undefined));
  expect(first.every(({ problem }) => problem === undefined)).toBe(true);
  await offline(engine);
  await engine.sync();
  expect((await must(engine.handlers['sync.log'](undefined)))[0]).toMatchObject({
    problem: 'offline',
    count: 2,
  });
  await make(engine, create(newId()));
  await online(engine);
  expect((await must(engine.handlers['sync.log'](undefined)))[0]).toMatchObject({
    sent: 1,
    refused: 0,
    received: 1,
  });
});

describe('signing out', () => {
  it('sends what waits first', async () => {
    const who = await account();
    const engine = await device(who);
    await offline(engine);
    const id = newId();
    await make(engine, create(id));
    await offline(engine);
    proxy.rule = undefined;
    expect(await must(engine.handlers['session.signOut'](undefined))).toMatchObject({ state: 'signed_out' });
    const other = await device(who);
    expect((await basket(other, id)).row.name).toBe('Révision');
  });

  it('says how many changes it would lose, and loses them only when told to', async () => {
    const engine = await device(await account());
    await offline(engine);
    const id = newId();
    await make(engine, create(id));
    await make(engine, add(id));
    const refused = await engine.handlers['session.signOut'](undefined);
    expect(refused).toEqual({ ok: false, error: { kind: 'changes_waiting', count: 2 } });
    expect((await basket(engine, id)).row.quantity).toBe(1);
    expect(await must(engine.handlers['session.signOut']({ unsent: 'discard' }))).toMatchObject({
      state: 'signed_out',
    });
  });

  it('says how many refused ones it would lose, waiting ones or not', async () => {
    const who = await account();
    const [host, folder] = [testHost(), folders.make()];
    const engine = await device(who, { host, folder });
    const id = newId();
    await make(engine, create(id));
    await engine.sync();
    await offline(engine);
    await make(engine, add(id));
    await make(engine, add(id));
    await service.feed.delete(who.accountId, 'basket', id);
    await offline(engine);
    proxy.rule = undefined;
    const refused = await engine.handlers['session.signOut'](undefined);
    expect(refused).toEqual({ ok: false, error: { kind: 'changes_waiting', refused: 2 } });
    expect((await changes(engine)).refused).toHaveLength(2);
    await offline(engine);
    await make(engine, create(newId()));
    const both = { ok: false, error: { kind: 'changes_waiting', count: 1, refused: 2 } };
    expect(await engine.handlers['session.signOut'](undefined)).toEqual(both);
    await engine.close();

    const db = openCache(cachePath(folder, who.accountId));
    db.pragma('user_version = 999');
    db.close();
    const later = openEngine({ host, folder });
    expect(await later.handlers['session.signOut'](undefined)).toEqual(both);
    expect(await must(later.handlers['session.signOut']({ unsent: 'discard' }))).toMatchObject({
      state: 'signed_out',
    });
  });

  it('does not overlook them when the database cannot be opened', async () => {
    const who = await account();
    const [host, folder] = [testHost(), folders.make()];
    const engine = await device(who, { host, folder });
    await offline(engine);
    await make(engine, create(newId()));
    await engine.close();
    const db = openCache(cachePath(folder, who.accountId));
    db.pragma('user_version = 999');
    db.close();
    const later = openEngine({ host, folder });
    expect(await kindOf(later.handlers['session.signOut'](undefined))).toBe('changes_waiting');
    expect(await must(later.handlers['session.signOut']({ unsent: 'discard' }))).toMatchObject({
      state: 'signed_out',
    });
  });
});
