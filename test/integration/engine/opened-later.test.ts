import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import type { Topic } from '#shared/ipc/contract.ts';
import {
  cachePath,
  Folders,
  kindOf,
  must,
  openTestEngine,
  PASSWORD,
  testHost,
  until,
} from '#test/support/engine.ts';
import type { TestEngine, TestHost } from '#test/support/engine.ts';
import { aVehicle } from '#test/support/entities.ts';
import { ManualClock } from '#test/support/manual-clock.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { openCache } from '#test/support/keys.ts';

/** What stands in the way of an account for a while (its folder, its files, another process) ends without the app being started anew. */
let service: RunningService;
const folders = new Folders();
const open: TestEngine[] = [];
let clock: ManualClock;
let host: TestHost;
let folder: string;
let email: string;
let accountId: string;

beforeAll(async () => {
  service = await startService();
});
beforeEach(async () => {
  clock = new ManualClock(Date.now());
  host = testHost();
  folder = folders.make();
  email = `${newId()}@example.org`;
  const entities = [{ type: 'vehicle' as const, id: newId(), value: aVehicle() }];
  accountId = await service.createAccount({ email, password: PASSWORD, entities });
});
afterEach(async () => {
  await closeAll();
  folders.clear();
});
afterAll(() => service.close());

async function closeAll(): Promise<void> {
  await Promise.all(open.splice(0).map((engine) => engine.close()));
}

function openEngine(): TestEngine {
  const engine = openTestEngine({ url: service.url, folder, host, env: { clock, random: () => 0.5 } });
  open.push(engine);
  return engine;
}

async function synced(): Promise<void> {
  const engine = openEngine();
  await engine.signIn(email);
  await engine.sync();
  await closeAll();
}

const vehicles = (engine: TestEngine) => engine.handlers['vehicles.count']({});

/** A file where the folder should be; the answer puts the folder back. (Rights would not stop a test that runs as root.) */
function blockFolder(): () => void {
  const path = join(folder, 'accounts', accountId);
  const aside = `${path}.aside`;
  renameSync(path, aside);
  writeFileSync(path, '');
  return () => {
    rmSync(path);
    renameSync(aside, path);
  };
}

describe('an account whose folder cannot be opened', () => {
  it('says so, and when it is tried again; is opened by the clock, and tells it', async () => {
    await synced();
    const unblock = blockFolder();
    const engine = openEngine();
    const topics = new Set<Topic>();
    engine.on('changed', ({ topics: changed }) => changed.forEach((topic) => topics.add(topic)));
    expect(await kindOf(vehicles(engine))).toBe('file_error');
    const status = await engine.status();
    expect(status).toMatchObject({ phase: 'paused', problem: { kind: 'file_error', detail: 'ENOTDIR' } });
    expect(Date.parse(status.nextTryAt ?? '')).toBeGreaterThan(clock.now());
    // Whose it is stands in the folder, too.
    expect(await kindOf(engine.handlers['session.get'](undefined))).toBe('file_error');

    // A little later each time.
    const waits = Array.from({ length: 12 }, () => Number.NaN);
    for (const index of waits.keys()) {
      const before = (await engine.status()).nextTryAt ?? '';
      waits[index] = Date.parse(before) - clock.now();
      clock.advance(waits[index] + 1);
      await until(async () => (await engine.status()).nextTryAt !== before, 'the next try');
    }
    expect(waits.slice(0, 3)).toEqual([1000, 2000, 4000]);
    expect(Math.max(...waits)).toBeLessThanOrEqual(5 * 60_000);

    unblock();
    clock.advance(5 * 60_000);
    await until(async () => (await vehicles(engine)).ok, 'the account');
    await until(async () => (await engine.status()).phase === 'idle', 'the sync');
    expect([...topics]).toContain('vehicles');
    const tried = host.logged.filter(({ message }) => message === 'the account cannot be opened');
    // Twelve by the clock, one at the start, and one for whoever asked whose it is.
    expect(tried).toHaveLength(14);
    expect(host.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it.each(['resumed', 'network', 'visible'] as const)('is tried at once when told that %s', async (kind) => {
    await synced();
    const unblock = blockFolder();
    const engine = openEngine();
    await must(engine.handlers['sync.hint']({ kind }));
    expect(await kindOf(vehicles(engine))).toBe('file_error');
    unblock();
    await must(engine.handlers['sync.hint']({ kind }));
    await until(async () => (await vehicles(engine)).ok, 'the account');
  });

  it('is tried at once when people ask for it', async () => {
    await synced();
    const unblock = blockFolder();
    const engine = openEngine();
    expect(await engine.sync()).toMatchObject({ phase: 'paused', problem: { kind: 'file_error' } });
    unblock();
    expect(await engine.sync()).toMatchObject({ phase: 'idle', counts: { vehicles: 1 } });
    expect((await engine.status()).nextTryAt).toBeUndefined();
    expect(await must(engine.handlers['session.get'](undefined))).toMatchObject({ state: 'signed_in' });
  });

  it('says so to whoever signs in meanwhile, and lets them in once it can be opened', async () => {
    await synced();
    host.secrets.clear();
    const unblock = blockFolder();
    const engine = openEngine();
    const signIn = () => engine.handlers['session.signIn']({ email, password: PASSWORD });
    expect(await kindOf(signIn())).toBe('file_error');
    unblock();
    expect(await must(signIn())).toMatchObject({ state: 'signed_in', remembered: true });
    expect(await engine.sync()).toMatchObject({ phase: 'idle', counts: { vehicles: 1 } });
  });

  it('leaves no file open behind, however often it is tried', async () => {
    await synced();
    const journal = join(folder, 'accounts', accountId, 'changes.journal');
    renameSync(journal, `${journal}.aside`);
    // A journal that is a folder cannot be read: the database is open by then.
    mkdirSync(journal);
    const engine = openEngine();
    const files = (): number => readdirSync('/proc/self/fd').length;
    const before = files();
    for (let index = 0; index < 5; index += 1)
      expect(await engine.sync()).toMatchObject({ problem: { kind: 'file_error', detail: 'EISDIR' } });
    expect(files()).toBe(before);
    rmSync(journal, { recursive: true });
    renameSync(`${journal}.aside`, journal);
    expect(await engine.sync()).toMatchObject({ phase: 'idle' });
  });
});

it('opens an account once another program has let go of its database', async () => {
  await synced();
  const other = openCache(cachePath(folder, accountId));
  other.pragma('locking_mode = EXCLUSIVE');
  other.exec('BEGIN EXCLUSIVE; CREATE TABLE held (x); ROLLBACK');
  const engine = openEngine();
  expect(await kindOf(vehicles(engine))).toBe('database_busy');
  other.close();
  expect(await engine.sync()).toMatchObject({ phase: 'idle', counts: { vehicles: 1 } });
});

describe('a folder that another engine holds', () => {
  it('is taken over as soon as that one has ended, by the clock', async () => {
    await synced();
    const first = openEngine();
    const second = openEngine();
    expect(await kindOf(second.handlers['session.get'](undefined))).toBe('database_busy');
    const told: string[] = [];
    second.on('session', ({ state }) => void told.push(state));
    await first.close();
    clock.advance(1000);
    await until(() => told.length > 0, 'the session');
    expect(told).toEqual(['signed_in']);
    expect(await second.sync()).toMatchObject({ phase: 'idle' });
    expect(await kindOf(openEngine().handlers['vehicles.count']({}))).toBe('database_busy');
  });

  it('is taken over at once when people ask for it', async () => {
    const first = openEngine();
    const second = openEngine();
    expect(await kindOf(second.handlers['sync.now'](undefined))).toBe('database_busy');
    await first.close();
    await second.signIn(email);
    expect(await second.sync()).toMatchObject({ phase: 'idle' });
  });
});
