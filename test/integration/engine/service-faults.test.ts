import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import {
  cachePath,
  dumpCache,
  dumpEntities,
  Folders,
  kindOf,
  must,
  openTestEngine,
  PASSWORD,
  testHost,
  until,
} from '#test/support/engine.ts';
import type { TestEngine, TestEngineOptions } from '#test/support/engine.ts';
import { anOrder } from '#test/support/entities.ts';
import type { Answer, Fault, FaultyProxy } from '#test/support/faulty-proxy.ts';
import { always, changeJson, nth, startFaultyProxy } from '#test/support/faulty-proxy.ts';
import { ManualClock } from '#test/support/manual-clock.ts';
import { startService, type Entity, type RunningService } from '#test/support/service.ts';
import { openCache } from '#test/support/keys.ts';

let service: RunningService;
let proxy: FaultyProxy;
const folders = new Folders();
const open: TestEngine[] = [];
const PULL = /^\/v1\/sync\/pull/;
const POKES = /^\/v1\/sync\/pokes/;
const problem = (kind: string, extra: object = {}): string =>
  JSON.stringify({ error: { kind, message: 'x', requestId: 'r', ...extra } });

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

const orders = (count: number): Entity[] =>
  Array.from({ length: count }, (_, index) => ({
    type: 'order',
    id: newId(),
    value: anOrder({
      number: `N${index}`,
      placedAt: `2026-03-02T10:00:00.${String(index).padStart(3, '0')}Z`,
    }),
  }));

async function synced(
  entities: readonly Entity[],
  options: Partial<TestEngineOptions> = {},
): Promise<{ engine: TestEngine; accountId: string }> {
  const { engine, accountId } = await signedIn(entities, options);
  await engine.sync();
  return { engine, accountId };
}

async function signedIn(
  entities: readonly Entity[],
  options: Partial<TestEngineOptions> = {},
): Promise<{ engine: TestEngine; accountId: string }> {
  const email = `${newId()}@example.org`;
  const accountId = await service.createAccount({ email, password: PASSWORD, entities });
  const engine = openTestEngine({ url: proxy.url, folder: folders.make(), ...options });
  open.push(engine);
  await engine.signIn(email);
  return { engine, accountId };
}

const count = async (engine: TestEngine): Promise<number> =>
  (await must(engine.handlers['orders.summary']({}))).count;

describe('a page that breaks the contract', () => {
  const hostile: [string, Fault][] = [
    [
      'cut in the middle of its JSON',
      {
        kind: 'change',
        change: (answer) => ({ ...answer, body: answer.body.subarray(0, answer.body.length / 2) }),
      },
    ],
    ['changes that are no list', changeJson((json) => (json['changes'] = { length: 1 }))],
    [
      'a revision that is text',
      changeJson((json) => (json['changes'] as { rev: unknown }[]).forEach((change) => (change.rev = '1'))),
    ],
    [
      'an id that leaves its folder',
      changeJson((json) =>
        (json['changes'] as { id: unknown }[]).forEach((change) => (change.id = '../../x')),
      ),
    ],
    ['no cursor', changeJson((json) => delete json['cursor'])],
    [
      'an operation that does not exist',
      changeJson((json) => (json['changes'] as { op: unknown }[]).forEach((change) => (change.op = 'drop'))),
    ],
    ['null', { kind: 'answer', status: 200, body: 'null' }],
    [
      'bytes that are not UTF-8',
      { kind: 'answer', status: 200, body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]) },
    ],
    [
      'a depth that would break a careless parser',
      { kind: 'answer', status: 200, body: '['.repeat(200_000) },
    ],
  ];
  it.each(hostile)('with %s applies nothing and says bad_answer', async (_name, fault) => {
    const { engine } = await synced(orders(3));
    proxy.rule = always(PULL, fault);
    const [before] = await must(engine.handlers['orders.page']({ filter: {}, offset: 0, limit: 1 }));
    await service.feed.put(
      ((await must(engine.handlers['session.get'](undefined))) as { account: { id: string } }).account.id,
      'order',
      newId(),
      anOrder(),
    );
    const status = await engine.sync();
    expect(status).toMatchObject({ phase: 'paused', problem: { kind: 'bad_answer' } });
    expect(await count(engine)).toBe(3);
    expect(await must(engine.handlers['orders.page']({ filter: {}, offset: 0, limit: 1 }))).toEqual([before]);
    proxy.rule = undefined;
    expect(await engine.sync()).toMatchObject({ phase: 'idle', counts: { orders: 4 } });
  });

  it('of the past, kept by something on the way, is told from the one to this question', async () => {
    const { engine } = await synced(orders(2));
    const kept: Buffer[] = [];
    const keep = (answer: Answer): Answer => {
      kept.push(answer.body);
      return answer;
    };
    proxy.rule = always(PULL, { kind: 'change', change: keep });
    expect(await engine.sync()).toMatchObject({ phase: 'idle' });
    // The same again, to a question that reads just like it.
    const again = (answer: Answer): Answer => ({ ...answer, body: kept.at(-1) ?? answer.body });
    proxy.rule = always(PULL, { kind: 'change', change: again });
    expect(await engine.sync()).toMatchObject({ phase: 'paused', problem: { kind: 'bad_answer' } });
    expect(await count(engine)).toBe(2);
  });

  it('of 64 MB is refused while it arrives', async () => {
    const { engine } = await synced(orders(1));
    proxy.rule = always(PULL, { kind: 'answer', status: 200, body: Buffer.alloc(64 * 1024 * 1024, 0x20) });
    expect(await engine.sync()).toMatchObject({ phase: 'paused', problem: { kind: 'bad_answer' } });
    expect(await count(engine)).toBe(1);
  });

  it('that leads nowhere is not asked for forever', async () => {
    const { engine } = await synced(orders(1));
    proxy.seen.length = 0;
    proxy.rule = always(PULL, {
      kind: 'change',
      change: (answer) => {
        const json = JSON.parse(answer.body.toString()) as { cursor: string; hasMore: boolean };
        const asked = new URL(proxy.seen.at(-1)?.path ?? '/', 'http://x').searchParams.get('cursor');
        return {
          ...answer,
          body: Buffer.from(JSON.stringify({ ...json, hasMore: true, cursor: asked ?? json.cursor })),
        };
      },
    });
    expect(await engine.sync()).toMatchObject({ problem: { kind: 'bad_answer' } });
    expect(proxy.count('/v1/sync/pull')).toBeLessThan(4);
  });
});

it('skips, counts and remembers what this version cannot read, and applies the rest', async () => {
  proxy.rule = always(
    PULL,
    changeJson((json) => {
      const changes = json['changes'] as { type: string; value: { number: string } }[];
      for (const change of changes) {
        if (change.value.number === 'N0') change.type = 'hologram';
        if (change.value.number === 'N1') change.value = { number: 'x'.repeat(500) };
      }
    }),
  );
  const { engine } = await synced(orders(4));
  expect(await engine.status()).toMatchObject({ phase: 'idle', unreadable: 2, counts: { orders: 2 } });
});

it('reads everything again after an update that reads more, and only then', async () => {
  const entities = orders(3);
  const host = testHost();
  const folder = folders.make();
  proxy.rule = always(
    PULL,
    changeJson((json) =>
      (json['changes'] as { type: string }[]).forEach((change) => (change.type = 'hologram')),
    ),
  );
  const { engine, accountId } = await synced(entities, { host, folder });
  expect(await engine.status()).toMatchObject({ unreadable: 3, counts: { orders: 0 } });
  await engine.close();
  proxy.rule = undefined;
  // As an older app has left it, which knew other shapes.
  const db = openCache(cachePath(folder, accountId));
  db.prepare("UPDATE meta SET value = 'what an older app could read' WHERE name = 'schema'").run();
  db.close();
  const same = openTestEngine({ url: proxy.url, folder, host });
  expect(await same.sync()).toMatchObject({ phase: 'idle', unreadable: 3 });
  await same.close();
  const updated = openTestEngine({ url: proxy.url, folder, host, appVersion: '0.0.1' });
  open.push(updated);
  expect(await updated.sync()).toMatchObject({ phase: 'idle', unreadable: 0, counts: { orders: 3 } });
  proxy.seen.length = 0;
  await updated.sync();
  expect(proxy.seen.filter(({ path }) => PULL.test(path)).every(({ path }) => path.includes('cursor='))).toBe(
    true,
  );
});

it('ignores an older revision of what it has', async () => {
  const { engine, accountId } = await synced([]);
  const id = newId();
  await service.feed.put(accountId, 'order', id, anOrder({ number: 'OLD' }));
  await engine.sync();
  await service.feed.put(accountId, 'order', id, anOrder({ number: 'NEW' }));
  await engine.sync();
  proxy.rule = always(
    PULL,
    changeJson((json) => {
      json['changes'] = [
        { op: 'put', type: 'order', id, rev: 1, value: anOrder({ number: 'OLD' }) },
        { op: 'del', type: 'order', id, rev: 1 },
      ];
    }),
  );
  await engine.sync();
  expect((await must(engine.handlers['orders.get']({ id }))).row.number).toBe('NEW');
});

it('does not revive what was deleted when an older put comes late', async () => {
  const { engine, accountId } = await synced([]);
  const id = newId();
  await service.feed.put(accountId, 'order', id, anOrder());
  await service.feed.delete(accountId, 'order', id);
  await engine.sync();
  proxy.rule = always(
    PULL,
    changeJson((json) => (json['changes'] = [{ op: 'put', type: 'order', id, rev: 1, value: anOrder() }])),
  );
  await engine.sync();
  expect(await kindOf(engine.handlers['orders.get']({ id }))).toBe('not_found');
});

describe('reading everything again', () => {
  it('keeps the old state on screen until the new one is whole, after 410', async () => {
    const entities = orders(700);
    const { engine, accountId } = await synced(entities);
    const gone = entities[5]?.id ?? '';
    await service.feed.delete(accountId, 'order', gone);
    const fresh = newId();
    await service.feed.put(accountId, 'order', fresh, anOrder({ number: 'FRESH' }));
    const seenCounts = new Set<number>();
    let asked = 0;
    proxy.rule = ({ path }) => {
      if (!PULL.test(path)) return undefined;
      asked += 1;
      if (asked === 1) return { kind: 'answer', status: 410, body: problem('cursor_expired') };
      // The second page of the re-read is lost: the old state must still be there, whole.
      return asked === 3 ? { kind: 'truncate', after: 10 } : undefined;
    };
    const half = await engine.sync();
    expect(half.phase).toBe('offline');
    expect(half.firstSync?.received).toBeGreaterThan(0);
    seenCounts.add(await count(engine));
    expect((await must(engine.handlers['orders.get']({ id: gone }))).row.number).toBe('N5');
    proxy.rule = undefined;
    const done = await engine.sync();
    expect(done).toMatchObject({ phase: 'idle', counts: { orders: 700 } });
    expect(done.firstSync).toBeUndefined();
    expect([...seenCounts]).toEqual([700]);
    expect(await kindOf(engine.handlers['orders.get']({ id: gone }))).toBe('not_found');
    expect((await must(engine.handlers['orders.get']({ id: fresh }))).row.number).toBe('FRESH');
    const kept = entities.filter(({ id }) => id !== gone);
    expect(dumpCache(cachePath(engine.folder, accountId))).toEqual(
      dumpEntities([...kept, { type: 'order', id: fresh, value: anOrder({ number: 'FRESH' }) }]),
    );
  });

  it('follows a service that was restored, whose revisions are lower', async () => {
    const { engine, accountId } = await synced(orders(20));
    for (let i = 0; i < 5; i += 1)
      await service.feed.put(accountId, 'order', newId(), anOrder({ number: `LATE${i}` }));
    await engine.sync();
    const restoredTo = [
      { op: 'put', type: 'order', id: newId(), rev: 1, value: anOrder({ number: 'BACKUP' }) },
    ];
    proxy.rule = always(
      PULL,
      changeJson((json) =>
        Object.assign(json, { epoch: 'another', changes: restoredTo, hasMore: false, cursor: 'c' }),
      ),
    );
    const status = await engine.sync();
    expect(status).toMatchObject({ phase: 'idle', counts: { orders: 1 } });
    const rows = await must(engine.handlers['orders.page']({ filter: {}, offset: 0, limit: 10 }));
    expect(rows.map(({ number }) => number)).toEqual(['BACKUP']);
  });

  it('gives up for now on a service that starts over again and again', async () => {
    const { engine } = await synced(orders(2));
    let epoch = 0;
    proxy.rule = always(
      PULL,
      changeJson((json) =>
        Object.assign(json, { epoch: `e${(epoch += 1)}`, hasMore: true, cursor: `c${epoch}` }),
      ),
    );
    expect(await engine.sync()).toMatchObject({ problem: { kind: 'bad_answer' } });
    expect(await count(engine)).toBe(2);
  });
});

it('stays usable when the service no longer speaks this version', async () => {
  const { engine } = await synced(orders(2));
  proxy.rule = always(PULL, { kind: 'answer', status: 426, body: problem('upgrade_required') });
  expect(await engine.sync()).toMatchObject({ phase: 'paused', problem: { kind: 'upgrade_required' } });
  expect(await count(engine)).toBe(2);
});

it('takes the answer of a hotel network for what it is', async () => {
  const { engine } = await synced(orders(1));
  proxy.rule = always(/./, {
    kind: 'answer',
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: '<h1>Welcome</h1>',
  });
  expect(await engine.sync()).toMatchObject({ phase: 'paused', problem: { kind: 'not_our_service' } });
  proxy.rule = undefined;
  expect(await engine.sync()).toMatchObject({ phase: 'idle' });
});

describe('by a clock that the test turns', () => {
  it('waits as long as a throttling service asks, then tries again by itself', async () => {
    const clock = new ManualClock();
    const { engine } = await synced(orders(1), { env: { clock, random: () => 0.5 } });
    // The sync with which every start begins is due by this clock, too.
    clock.advance(1000);
    await engine.sync();
    proxy.rule = ({ path }) => {
      if (PULL.test(path))
        return {
          kind: 'answer',
          status: 429,
          headers: { 'retry-after': '120' },
          body: problem('throttled', { retryAfterSeconds: 120 }),
        };
      return POKES.test(path) ? { kind: 'cut' } : undefined;
    };
    const status = await engine.sync();
    expect(status).toMatchObject({ phase: 'paused', problem: { kind: 'throttled', retryAfterSeconds: 120 } });
    expect(Date.parse(status.nextTryAt ?? '')).toBeGreaterThanOrEqual(clock.now() + 120_000);
    proxy.rule = undefined;
    proxy.seen.length = 0;
    clock.advance(119_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(proxy.count('/v1/sync/pull')).toBe(0);
    // Far enough for the try, too short for its answer to count as overdue.
    clock.advance(10_000);
    await until(async () => (await engine.status()).phase === 'idle', 'the next try');
  });

  it('calls a service that says nothing offline after a while, and never waits for ever', async () => {
    const clock = new ManualClock();
    const { engine } = await synced(orders(1), { env: { clock } });
    await until(() => proxy.count('/v1/sync/pokes') === 1);
    proxy.seen.length = 0;
    proxy.rule = always(PULL, { kind: 'hang' });
    const waiting = engine.sync();
    let answered = false;
    void waiting.then(() => (answered = true));
    // One that was under way already is not the one that was asked for.
    for (let tries = 1; !answered; tries += 1) {
      await until(() => answered || proxy.count('/v1/sync/pull') === tries);
      clock.advance(60_000);
    }
    expect(await waiting).toMatchObject({
      phase: 'offline',
      problem: { kind: 'offline', detail: 'time-out' },
    });
  });

  it('tells when the two clocks are far apart', async () => {
    const clock = new ManualClock(Date.now() + 2 * 3_600_000);
    const { engine } = await synced(orders(1), { env: { clock } });
    const { clockSkewSeconds } = await engine.status();
    expect(clockSkewSeconds).toBeGreaterThan(7100);
    expect(clockSkewSeconds).toBeLessThan(7300);
    clock.set(Date.now());
    await engine.sync();
    expect((await engine.status()).clockSkewSeconds).toBeUndefined();
  });

  it('looks by itself each minute while visible and no hints come, and rarely when hidden', async () => {
    const clock = new ManualClock();
    proxy.rule = always(POKES, { kind: 'answer', status: 503, body: problem('unavailable') });
    const { engine } = await synced(orders(1), { env: { clock } });
    await until(() => proxy.count('/v1/sync/pokes') > 0);
    proxy.seen.length = 0;
    clock.advance(60_000);
    await until(() => proxy.count('/v1/sync/pull') === 1, 'the poll');
    await until(async () => (await engine.status()).phase === 'idle');
    await must(engine.handlers['sync.hint']({ kind: 'hidden' }));
    proxy.seen.length = 0;
    clock.advance(10 * 60_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(proxy.count('/v1/sync/pull')).toBe(0);
    clock.advance(6 * 60_000);
    await until(() => proxy.count('/v1/sync/pull') === 1, 'the rare poll');
  });
});

it('does not follow a redirect with its token', async () => {
  const { engine } = await synced(orders(1));
  proxy.seen.length = 0;
  proxy.rule = nth(1, PULL, { kind: 'answer', status: 307, headers: { location: `${proxy.url}/elsewhere` } });
  expect(await engine.sync()).toMatchObject({ problem: { kind: 'not_our_service' } });
  expect(proxy.count('/elsewhere')).toBe(0);
});
