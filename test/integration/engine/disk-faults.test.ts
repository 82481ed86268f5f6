import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Accounts } from '#core/accounts/account-list.ts';
import { OpenAccount } from '#core/accounts/open-account.ts';
import { Applier } from '#core/sync/applier.ts';
import { systemEnv } from '#core/env.ts';
import { Store } from '#core/db/store.ts';
import { Writes } from '#core/db/writes.ts';
import { newId } from '#shared/domain/ids.ts';
import { generateDemo } from '#service/demo/generate.ts';
import {
  cachePath,
  dumpCache,
  dumpEntities,
  engineOptions,
  Folders,
  kindOf,
  must,
  NO_NEWS,
  openTestEngine,
  PASSWORD,
  testHost,
  until,
} from '#test/support/engine.ts';
import type { TestEngine, TestHost } from '#test/support/engine.ts';
import { keyOfAccount, openCache } from '#test/support/keys.ts';
import { anOrder } from '#test/support/entities.ts';
import { startService, type RunningService } from '#test/support/service.ts';

let service: RunningService;
const folders = new Folders();
const open: TestEngine[] = [];
const demo = [...generateDemo({ seed: 'disk', today: '2026-11-22', garageOrders: 300 })];
const garage = [...(demo.find(({ profile }) => profile.kind === 'garage')?.entities ?? [])];
let host: TestHost;
let folder: string;
let accountId: string;
let cache: string;

beforeAll(async () => {
  service = await startService();
});
beforeEach(async () => {
  host = testHost();
  folder = folders.make();
  const email = `${newId()}@example.org`;
  accountId = await service.createAccount({ email, password: PASSWORD, entities: garage });
  cache = cachePath(folder, accountId);
  const engine = openEngine();
  await engine.signIn(email);
  await engine.sync();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((engine) => engine.close()));
  folders.clear();
});
afterAll(() => service.close());

function openEngine(url = service.url): TestEngine {
  const engine = openTestEngine({ url, folder, host });
  open.push(engine);
  return engine;
}

async function closeAll(): Promise<void> {
  await Promise.all(open.splice(0).map((engine) => engine.close()));
}

const setAsideFiles = (): string[] =>
  readdirSync(dirname(cache)).filter((name) => name.includes('.damaged-'));

/** Overwrites bytes in the middle of the file, wherever this text is. */
/** One bit, so many bytes into the file, or into its last part. */
function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  const place = at < 0 ? bytes.length + at : at;
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.from([(bytes[place] ?? 0) ^ 1]), 0, 1, place);
  closeSync(file);
}

describe('a damaged database', () => {
  const damages: [string, () => void][] = [
    ['that is no database', () => writeFileSync(cache, Buffer.alloc(8192, 'garbage'))],
    ['cut to half', () => truncateSync(cache, Math.floor(statSync(cache).size / 2))],
    ['whose header is wrong', () => flip(cache, 3)],
    ['cut to a few bytes', () => truncateSync(cache, 40)],
  ];
  it.each(damages)('%s is set aside and filled again', async (_name, damage) => {
    await closeAll();
    damage();
    const engine = openEngine();
    await until(async () => {
      // Reading all there is finds what opening did not.
      await engine.handlers['orders.page']({ filter: {}, offset: 0, limit: 500 });
      for (const entity of garage.slice(-40))
        if (entity.type === 'order') await engine.handlers['orders.get']({ id: entity.id });
      const answer = await engine.handlers['sync.status'](undefined);
      return answer.ok && answer.value.phase === 'idle' && answer.value.rebuiltAt !== undefined;
    }, 'the rebuilt state');
    expect(dumpCache(cache)).toEqual(dumpEntities(garage));
    expect(setAsideFiles()).toHaveLength(1);
  });

  it('is told and usable without a service, too', async () => {
    await closeAll();
    writeFileSync(cache, Buffer.alloc(100_000, 'x'));
    const engine = openEngine('http://127.0.0.1:9');
    const status = await engine.sync();
    expect(status.phase).toBe('offline');
    expect(status.rebuiltAt).toBeDefined();
    expect((await must(engine.handlers['orders.summary']({}))).count).toBe(0);
  });

  it('keeps at most one that was set aside', async () => {
    for (let round = 0; round < 2; round += 1) {
      await closeAll();
      writeFileSync(cache, 'nonsense'.repeat(1000));
      const engine = openEngine();
      expect(await engine.sync()).toMatchObject({ phase: 'idle' });
    }
    expect(setAsideFiles()).toHaveLength(1);
  });
});

describe('a row that was changed behind the app, which SQLite does not notice', () => {
  it('is found when a body is read', async () => {
    await closeAll();
    const order = garage.find(({ type }) => type === 'order');
    const db = openCache(cache);
    db.prepare(
      `UPDATE bodies SET body = CAST(replace(CAST(body AS TEXT), '"deliveryAddress"', '"deliveryAddresr"') AS BLOB)`,
    ).run();
    db.close();
    const engine = openEngine();
    const before = openCache(cache, { readonly: true });
    expect(before.pragma('integrity_check', { simple: true })).toBe('ok');
    before.close();
    const kinds = new Set<string>();
    for (const { type, id } of garage) {
      if (type !== 'order') continue;
      const answer = await engine.handlers['orders.get']({ id });
      if (!answer.ok) kinds.add(answer.error.kind);
      if (!answer.ok) break;
    }
    expect([...kinds]).toEqual(['database_damaged']);
    await until(async () => {
      const answer = await engine.handlers['sync.status'](undefined);
      return answer.ok && answer.value.rebuiltAt !== undefined && answer.value.phase === 'idle';
    }, 'the rebuilt state');
    expect((await must(engine.handlers['orders.get']({ id: order?.id ?? '' }))).id).toBe(order?.id);
  });

  it('is found when a row of a list is read', async () => {
    await closeAll();
    const [newest] = garage
      .flatMap((entity) => (entity.type === 'order' ? [entity.value] : []))
      .sort((a, b) => (a.placedAt < b.placedAt ? 1 : -1));
    const db = openCache(cache);
    db.prepare('UPDATE orders SET incl = incl + 1 WHERE number = ?').run(newest?.number);
    db.close();
    const engine = openEngine();
    expect(await kindOf(engine.handlers['orders.page']({ filter: {}, offset: 0, limit: 50 }))).toBe(
      'database_damaged',
    );
    await until(
      async () => (await engine.handlers['orders.page']({ filter: {}, offset: 0, limit: 50 })).ok,
      'the rebuilt list',
    );
  });
});

it('refuses a database of a newer version and leaves it as it is', async () => {
  await closeAll();
  const db = openCache(cache);
  db.pragma('user_version = 999');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  const before = readFileSync(cache);
  const engine = openEngine();
  expect(await kindOf(engine.handlers['orders.summary']({}))).toBe('database_newer');
  expect(await engine.status()).toMatchObject({ phase: 'paused', problem: { kind: 'database_newer' } });
  expect(await must(engine.handlers['session.get'](undefined))).toMatchObject({ state: 'signed_in' });
  await closeAll();
  expect(readFileSync(cache).equals(before)).toBe(true);
});

it('lets one engine at a time have a folder', async () => {
  const second = openTestEngine({ url: service.url, folder, host });
  expect(await kindOf(second.handlers['session.get'](undefined))).toBe('database_busy');
  expect(await kindOf(second.handlers['orders.summary']({}))).toBe('database_busy');
  await second.close();
  await closeAll();
  const third = openEngine();
  expect(await must(third.handlers['session.get'](undefined))).toMatchObject({ state: 'signed_in' });
});

it('starts without an account when the list of accounts is damaged, and keeps that list', async () => {
  await closeAll();
  writeFileSync(`${folder}/accounts.json`, '{"version":1,"accounts":[{');
  const engine = openEngine();
  expect(await must(engine.handlers['session.get'](undefined))).toMatchObject({ state: 'signed_out' });
  expect(existsSync(`${folder}/accounts.json.damaged`)).toBe(true);
});

it('applies nothing of a page that does not fit the disk, goes on reading, and takes it up when there is room', async () => {
  await closeAll();
  const path = `${folders.make()}/cache.db`;
  const store = new Store(path, () => undefined);
  const applier = new Applier(new Writes(store));
  const page = (from: number, count: number): Parameters<Applier['apply']>[0] => {
    const values = Array.from({ length: count }, (_, i) => anOrder({ number: `N${from + i}` }));
    return {
      changes: values.map((value, i) => ({
        op: 'put' as const,
        type: 'order',
        id: newId(),
        rev: from + i + 1,
        value,
      })),
      bodies: values.map((value) => Buffer.from(JSON.stringify(value))),
      cursor: `c${from}`,
      hasMore: true,
      epoch: 'e',
      remaining: undefined,
      ...NO_NEWS,
    };
  };
  await applier.apply(page(0, 50));
  const pages = store.reader.value<number>('PRAGMA page_count') ?? 0;
  store.limitPages(pages + 2);
  const big = page(50, 400);
  await expect(applier.apply(big)).rejects.toMatchObject({ kind: 'full' });
  expect(store.reader.value('SELECT count(*) FROM orders')).toBe(50);
  expect(store.reader.value('SELECT sum(count) FROM order_day')).toBe(50);
  expect(store.reader.value(`SELECT value FROM meta WHERE name = 'cursor'`)).toBe('c0');
  store.limitPages(1_000_000);
  await applier.apply(big);
  expect(store.reader.value('SELECT count(*) FROM orders')).toBe(450);
  expect(store.reader.value('SELECT sum(count) FROM order_day')).toBe(450);
  expect(store.reader.column('SELECT DISTINCT part FROM order_part')).toEqual([]);
  await store.close();
});

it('says that the disk is full, keeps trying, and is whole once there is room', async () => {
  await closeAll();
  const place = `${folder}/accounts/${accountId}`;
  const key = keyOfAccount(place);
  const accounts = new Accounts(`${folder}/accounts.json`, { keyOf: () => key, log: host.log });
  accounts.reveal();
  const record = accounts.current();
  if (!record) throw new Error('nobody is signed in');
  const account = new OpenAccount({ folder: place, key }, record, {
    env: { ...systemEnv().env, random: () => 0 },
    host,
    settings: () => engineOptions(folder, service.url).settings,
    appVersion: '0.0.0',
    onTopics: () => undefined,
    onOwnTopics: () => undefined,
    onStatus: () => undefined,
    onSession: () => undefined,
    onDamage: () => undefined,
    onEmail: () => undefined,
  });
  account.store.limitPages(1);
  const added = Array.from({ length: 300 }, () => ({
    op: 'put' as const,
    type: 'order' as const,
    id: newId(),
    value: anOrder(),
  }));
  await service.feed.write(accountId, added);
  await account.sync.now();
  expect(account.status()).toMatchObject({
    phase: 'paused',
    problem: { kind: 'disk_full' },
    counts: { orders: 300 },
  });
  expect(account.status().nextTryAt).toBeDefined();
  account.store.limitPages(1_000_000);
  await until(() => account.status().phase === 'idle', 'the retry');
  expect(account.status().counts.orders).toBe(600);
  await account.close();
});
