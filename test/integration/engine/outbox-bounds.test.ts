import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '#core/env.ts';
import { CHANGE } from '#core/db/codes.ts';
import { newId } from '#shared/domain/ids.ts';
import type { MutationCall } from '#shared/mutations/all.ts';
import { MAX_PULL_LIMIT } from '#shared/protocol/pull.ts';
import { MAX_PUSH_BYTES } from '#shared/protocol/push.ts';
import { cachePath, Folders, kindOf, must, openTestEngine, PASSWORD } from '#test/support/engine.ts';
import type { TestEngine, TestEngineOptions } from '#test/support/engine.ts';
import { always, startFaultyProxy, type FaultyProxy, type Seen } from '#test/support/faulty-proxy.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { openCache } from '#test/support/keys.ts';

/** However much waits or was refused: requests and answers are bounded, everything gets through, and what cannot comes back to its author. */
const PUSH = /^\/v1\/sync\/push/;
const PULL = /^\/v1\/sync\/pull/;
const ALL = /./;

/** On which nothing is tried again by itself. */
const stillClock: Clock = {
  ...systemClock,
  after: (ms, callback) => (ms < 1000 ? systemClock.after(ms, callback) : () => undefined),
};

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

interface Device {
  engine: TestEngine;
  accountId: string;
  basketId: string;
}

/** A device with a basket that the service knows, and without a network. */
async function offlineDevice(env: TestEngineOptions['env'] = {}): Promise<Device> {
  const email = `${newId()}@example.org`;
  const accountId = await service.createAccount({ email, password: PASSWORD });
  const engine = openTestEngine({
    url: proxy.url,
    folder: folders.make(),
    env: { clock: stillClock, ...env },
  });
  open.push(engine);
  await engine.signIn(email);
  const basketId = newId();
  await make(engine, { name: 'basket.create', args: { id: basketId, name: 'Révision' } });
  expect(await engine.sync()).toMatchObject({ phase: 'idle', changes: { waiting: 0 } });
  proxy.rule = always(ALL, { kind: 'cut' });
  await engine.sync();
  proxy.seen.length = 0;
  return { engine, accountId, basketId };
}

async function make(engine: TestEngine, call: MutationCall): Promise<string> {
  const made = await must(engine.handlers['changes.make'](call));
  if (!made.made) throw new Error(`refused: ${JSON.stringify(made.refusal)}`);
  return made.id;
}
const addMany = (basketId: string, count: number, brand = 'Bosch'): MutationCall => ({
  name: 'basket.addLines',
  args: {
    basketId,
    lines: Array.from({ length: count }, (_, index) => ({
      part: { reference: `0 986 494 ${index}`, brand, name: 'Jeu de plaquettes de frein, frein à disque' },
      quantity: 1,
    })),
  },
});
const add = (basketId: string): MutationCall => addMany(basketId, 1);
const changes = (engine: TestEngine) => must(engine.handlers['changes.list'](undefined));
const basket = (engine: TestEngine, id: string) => must(engine.handlers['baskets.get']({ id }));

const pushes = (): Seen[] => proxy.seen.filter(({ path }) => PUSH.test(path));
const bytesOf = ({ headers }: Seen): number => Number(headers['content-length']);
const times = async (count: number, work: () => Promise<unknown>): Promise<void> => {
  for (let index = 0; index < count; index += 1) await work();
};

describe('what waits leaves', () => {
  it('a hundred changes at a time', async () => {
    const { engine, basketId } = await offlineDevice();
    await times(230, () => make(engine, add(basketId)));
    proxy.rule = undefined;
    expect(await engine.sync()).toMatchObject({ phase: 'idle', changes: { waiting: 0 } });
    expect(pushes()).toHaveLength(3);
    expect((await basket(engine, basketId)).row.quantity).toBe(230);
  });

  it('256 KiB at a time', async () => {
    const { engine, basketId } = await offlineDevice();
    const brands = Array.from({ length: 25 }, (_, index) => `Marque ${index}`);
    for (const brand of brands) await make(engine, addMany(basketId, 200, brand));
    proxy.rule = undefined;
    expect(await engine.sync()).toMatchObject({ phase: 'idle', changes: { waiting: 0 } });
    const bytes = pushes().map(bytesOf);
    expect(bytes.length).toBeGreaterThan(2);
    expect(Math.max(...bytes)).toBeLessThanOrEqual(MAX_PUSH_BYTES);
    // As full as they may be: with one change more each but the last would be too large.
    for (const size of bytes.slice(0, -1)) expect(size).toBeGreaterThan(MAX_PUSH_BYTES * 0.8);
    expect((await basket(engine, basketId)).row.lineCount).toBe(5000);
  });
});

describe('where something on the way takes only small requests', () => {
  const NARROW = 8000;
  /** What proxies answer, which is no answer of the service. */
  const narrow = (seen: Seen) =>
    PUSH.test(seen.path) && bytesOf(seen) > NARROW
      ? ({
          kind: 'answer',
          status: 413,
          headers: { 'content-type': 'text/html' },
          body: '<h1>413</h1>',
        } as const)
      : undefined;

  it('batches are halved, and a change that is too large comes back to its author without holding the others', async () => {
    const { engine, basketId } = await offlineDevice();
    await times(40, () => make(engine, add(basketId)));
    const notes = '€'.repeat(4000);
    const large = await make(engine, { name: 'basket.setNotes', args: { id: basketId, notes } });
    await times(40, () => make(engine, add(basketId)));
    proxy.rule = narrow;
    expect(await engine.sync()).toMatchObject({ phase: 'idle', changes: { waiting: 0, refused: 1 } });
    // Halving costs a few requests, not one for each change.
    expect(pushes().length).toBeLessThan(25);
    const before = await basket(engine, basketId);
    expect(before.row.quantity).toBe(80);
    expect(before.basket.notes).toBeUndefined();
    expect((await changes(engine)).refused).toMatchObject([
      {
        id: large,
        name: 'basket.setNotes',
        args: { notes },
        refusal: { kind: 'too_large' },
        canSendAgain: true,
      },
    ]);

    // Smaller ones go on as before, several at once.
    proxy.rule = always(ALL, { kind: 'cut' });
    await engine.sync();
    await times(10, () => make(engine, add(basketId)));
    proxy.rule = narrow;
    proxy.seen.length = 0;
    await engine.sync();
    expect(pushes()).toHaveLength(1);

    proxy.rule = undefined;
    expect(await must(engine.handlers['changes.sendAgain']({ id: large }))).toMatchObject({ made: true });
    expect(await engine.sync()).toMatchObject({ phase: 'idle', changes: { waiting: 0, refused: 0 } });
    expect((await basket(engine, basketId)).basket.notes).toBe(notes);
  });
});

describe('a way that refuses as too large', () => {
  const refusal = {
    kind: 'answer',
    status: 413,
    headers: { 'content-type': 'text/html' },
    body: '413',
  } as const;

  it('whatever is sent, gives up no change, is not asked without end, and says so', async () => {
    const { engine, basketId } = await offlineDevice();
    await times(30, () => make(engine, add(basketId)));
    proxy.rule = always(PUSH, refusal);
    const status = await engine.sync();
    expect(status).toMatchObject({ phase: 'paused', changes: { waiting: 30, refused: 0 } });
    expect(status.problem?.kind).toBe('not_our_service');
    expect(status.nextTryAt).toBeDefined();
    expect(pushes().length).toBeLessThan(10);
    proxy.rule = undefined;
    expect(await engine.sync()).toMatchObject({ phase: 'idle', changes: { waiting: 0, refused: 0 } });
    expect((await basket(engine, basketId)).row.quantity).toBe(30);
  });

  it('whatever is sent, gives up no more than the one large change that it was seen to refuse', async () => {
    const { engine, basketId } = await offlineDevice();
    const large = await make(engine, addMany(basketId, 100));
    await times(3, () => make(engine, add(basketId)));
    proxy.rule = always(PUSH, refusal);
    expect(await engine.sync()).toMatchObject({ phase: 'paused', problem: { kind: 'not_our_service' } });
    expect(pushes().length).toBeLessThan(10);
    proxy.rule = undefined;
    expect(await engine.sync()).toMatchObject({ phase: 'idle', changes: { waiting: 0, refused: 1 } });
    expect((await changes(engine)).refused).toMatchObject([{ id: large, refusal: { kind: 'too_large' } }]);
    expect((await basket(engine, basketId)).row.quantity).toBe(3);
  });

  it('what has arrived before, does not make it a refused change', async () => {
    const { engine, basketId } = await offlineDevice();
    const notes = '€'.repeat(4000);
    await make(engine, { name: 'basket.setNotes', args: { id: basketId, notes } });
    proxy.rule = always(PUSH, { kind: 'lose' });
    expect(await engine.sync()).toMatchObject({ phase: 'offline', changes: { waiting: 1 } });
    proxy.rule = always(PUSH, refusal);
    expect(await engine.sync()).toMatchObject({ phase: 'idle', changes: { waiting: 0, refused: 0 } });
    expect(await basket(engine, basketId)).toMatchObject({ basket: { notes }, row: { pending: false } });
  });
});

describe('when as many changes wait as may', () => {
  it('refuses the next one at once, loses nothing, and takes changes again once some were confirmed', async () => {
    const { engine, basketId } = await offlineDevice({ mostChanges: 10 });
    const first = await make(engine, add(basketId));
    await times(9, () => make(engine, add(basketId)));
    const full = { made: false, refusal: { kind: 'outbox_full' } };
    expect(await must(engine.handlers['changes.make'](add(basketId)))).toEqual(full);
    expect((await basket(engine, basketId)).row.quantity).toBe(10);
    expect((await changes(engine)).waitingCount).toBe(10);
    // Taking back is no new change as long as it has not left; the place in the queue stays taken.
    expect(await must(engine.handlers['changes.undo']({ id: first }))).toMatchObject({ undone: false });
    proxy.rule = undefined;
    expect(await engine.sync()).toMatchObject({ phase: 'idle', changes: { waiting: 0 } });
    await make(engine, add(basketId));
    await engine.sync();
    expect((await basket(engine, basketId)).row.quantity).toBe(11);
  });

  it('counts refused ones that nobody has decided about, and takes more once somebody has', async () => {
    const { engine, accountId, basketId } = await offlineDevice({ mostChanges: 5 });
    await times(5, () => make(engine, add(basketId)));
    await service.feed.delete(accountId, 'basket', basketId);
    proxy.rule = undefined;
    expect(await engine.sync()).toMatchObject({ changes: { waiting: 0, refused: 5 } });
    const create: MutationCall = { name: 'basket.create', args: { id: newId(), name: 'Suivant' } };
    expect(await must(engine.handlers['changes.make'](create))).toMatchObject({
      refusal: { kind: 'outbox_full' },
    });
    const [refused] = (await changes(engine)).refused;
    await must(engine.handlers['changes.letGo']({ id: refused?.id ?? '' }));
    await make(engine, create);
    expect(await engine.sync()).toMatchObject({ changes: { waiting: 0, refused: 4 } });
  });
});

it('learns more refusals than one answer holds, and acknowledges none before it is kept', async () => {
  const { engine, accountId, basketId } = await offlineDevice();
  const count = MAX_PULL_LIMIT + 150;
  await times(count, () =>
    make(engine, { name: 'basket.setTemplate', args: { id: basketId, isTemplate: true } }),
  );
  await service.feed.delete(accountId, 'basket', basketId);

  const told: { acknowledged: number; kept: number }[] = [];
  const answered: { rejections: number; lastSeq: unknown }[] = [];
  const cache = openCache(cachePath(engine.folder, accountId), { readonly: true });
  const keptUpTo = cache
    .prepare(`SELECT count(*) FROM changes WHERE state = ${CHANGE.refused} AND seq <= ?`)
    .pluck();
  proxy.rule = ({ path }) => {
    if (!PULL.test(path)) return undefined;
    const acknowledged = Number(new URL(path, proxy.url).searchParams.get('ackSeq') ?? 0);
    told.push({ acknowledged, kept: keptUpTo.get(acknowledged) as number });
    return {
      kind: 'change',
      change: (answer) => {
        const page = JSON.parse(answer.body.toString()) as { rejections: unknown[]; lastSeq?: number };
        answered.push({ rejections: page.rejections.length, lastSeq: page.lastSeq });
        return answer;
      },
    };
  };
  expect(await engine.sync()).toMatchObject({ phase: 'idle', changes: { waiting: 0, refused: count } });
  // The first change of this replica, number 1, made the basket.
  const acknowledged = [0, MAX_PULL_LIMIT + 1, count + 1];
  expect(told.slice(0, 2)).toEqual(
    acknowledged.slice(0, 2).map((seq) => ({ acknowledged: seq, kept: Math.max(0, seq - 1) })),
  );
  expect(told.every(({ acknowledged: seq, kept }) => kept === Math.max(0, seq - 1))).toBe(true);
  expect(answered.slice(0, 2)).toEqual([
    { rejections: MAX_PULL_LIMIT, lastSeq: undefined },
    { rejections: 150, lastSeq: count + 1 },
  ]);
  expect(await kindOf(engine.handlers['baskets.get']({ id: basketId }))).toBe('not_found');
  await engine.sync();
  expect(told.at(-1)?.acknowledged).toBe(count + 1);
  expect(answered.at(-1)).toEqual({ rejections: 0, lastSeq: count + 1 });
  cache.close();
});
