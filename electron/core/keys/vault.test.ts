import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '#test/support/manual-clock.ts';
import { testHost, type TestHost } from '#test/support/engine.ts';
import { newId } from '../new-id.ts';
import { isCost, newCost, STRETCH_N } from './stretch.ts';
import { NO_TRIES, Wait, waitAfter } from './tries.ts';
import { Vault } from './vault.ts';

let folder: string;
let path: string;
let clock: ManualClock;
let host: TestHost;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vault-'));
  path = join(folder, 'vault.json');
  clock = new ManualClock(Date.UTC(2026, 10, 1));
  host = testHost();
});
afterEach(() => rmSync(folder, { recursive: true }));

const openVault = (): Vault =>
  new Vault({ path, host, env: { clock, newId: () => newId(clock.now()), stretchN: 2 ** 10 } });
const kind = (result: { ok: boolean; error?: { kind: string } }) => result.error?.kind;

async function withCode(code: string): Promise<Uint8Array> {
  const vault = openVault();
  const key = Uint8Array.from(await vault.ensure());
  expect((await vault.setCode(code, undefined)).ok).toBe(true);
  return key;
}

it('is opened by the keyring after a restart, and by nothing without it', async () => {
  const key = await openVault().ensure();
  const again = openVault();
  await again.unlockByKeyring();
  expect(again.key).toEqual(key);
  expect(again.lasting).toBe(true);
  host.secrets.clear();
  const without = openVault();
  await without.unlockByKeyring();
  expect(without.key).toBeUndefined();
  expect(without.locked).toBe(false);
});

it('is made anew where nothing opens it, and leaves nothing of the former one in the keyring', async () => {
  const key = await openVault().ensure();
  const [former = ''] = host.secrets.keys();
  host.secrets.set(former, Buffer.alloc(32).toString('base64'));
  const vault = openVault();
  expect(await vault.ensure()).not.toEqual(key);
  expect([...host.secrets.keys()]).toHaveLength(1);
  expect(host.secrets.has(former)).toBe(false);
});

it('ends with the app where the keyring keeps nothing, but not with the engine', async () => {
  const memory = new Map<string, string>();
  host = testHost({
    saveSecret: (id, secret) => {
      memory.set(id, secret);
      return Promise.resolve({ durable: false });
    },
    loadSecret: (id) => Promise.resolve(memory.get(id)),
  });
  const key = await openVault().ensure();
  const again = openVault();
  await again.unlockByKeyring();
  expect(again.key).toEqual(key);
  expect(again.lasting).toBe(false);
  expect(again.state().guarded).toBe(false);
});

describe('a code', () => {
  it('is asked for after a restart, and opens the same key', async () => {
    const key = await withCode('2468');
    const vault = openVault();
    await vault.unlockByKeyring();
    expect(vault.state()).toEqual({ locked: true, code: 'pin', failures: 0, guarded: true });
    expect(kind(await vault.unlock('2469'))).toBe('wrong_code');
    expect(vault.key).toBeUndefined();
    expect(vault.state().failures).toBe(1);
    expect((await vault.unlock('2468')).ok).toBe(true);
    expect(vault.key).toEqual(key);
    expect(vault.state().failures).toBe(0);
    vault.lock();
    expect(vault.key).toBeUndefined();
    expect(vault.locked).toBe(true);
  });

  it('is a pass phrase when it is more than digits, typed on any keyboard', async () => {
    await withCode('clé à molette');
    const vault = openVault();
    expect(vault.state().code).toBe('phrase');
    expect((await vault.unlock('clé à molette'.normalize('NFD'))).ok).toBe(true);
  });

  it('opens nothing without what the keyring keeps, and that counts as nobody’s mistake', async () => {
    await withCode('2468');
    host.secrets.clear();
    const vault = openVault();
    expect(kind(await vault.unlock('2468'))).toBe('no_secret_storage');
    expect(vault.state().failures).toBe(0);
  });

  it('stands alone where there is no keyring, and says so', async () => {
    host = testHost({ saveSecret: () => Promise.resolve({ durable: false }) });
    const key = await withCode('a longer phrase');
    const vault = openVault();
    expect(vault.state()).toMatchObject({ locked: true, guarded: false });
    expect((await vault.unlock('a longer phrase')).ok).toBe(true);
    expect(vault.key).toEqual(key);
    expect(vault.lasting).toBe(true);
  });

  it('is changed and taken away by whoever knows it', async () => {
    const key = await withCode('2468');
    const vault = openVault();
    await vault.unlock('2468');
    expect(kind(await vault.setCode('1357', undefined))).toBe('wrong_code');
    expect(kind(await vault.setCode(undefined, '0000'))).toBe('wrong_code');
    expect((await vault.setCode('1357', '2468')).ok).toBe(true);
    const changed = openVault();
    expect(kind(await changed.unlock('2468'))).toBe('wrong_code');
    expect((await changed.unlock('1357')).ok).toBe(true);
    expect((await changed.setCode(undefined, '1357')).ok).toBe(true);
    const free = openVault();
    await free.unlockByKeyring();
    expect(free.key).toEqual(key);
    expect(free.state().code).toBeUndefined();
  });

  it('keeps nothing of itself in the file', async () => {
    await withCode('a phrase to look for');
    expect(readFileSync(path, 'utf8')).not.toContain('phrase to look');
  });

  it('makes people wait after the third wrong one, also over a restart and with another date', async () => {
    await withCode('2468');
    const vault = openVault();
    for (const typed of ['1', '2', '3']) await vault.unlock(typed);
    expect(vault.state()).toMatchObject({ failures: 3, waitSeconds: 5 });
    expect(await vault.unlock('2468')).toEqual({
      ok: false,
      error: { kind: 'throttled', retryAfterSeconds: 5 },
    });
    clock.set(clock.now() + 86_400_000);
    expect(vault.state().waitSeconds).toBe(5);
    clock.set(clock.now() - 2 * 86_400_000);
    expect(openVault().state().waitSeconds).toBe(5);
    clock.set(clock.now() + 86_400_000);
    clock.advance(4000);
    expect(vault.state().waitSeconds).toBe(1);
    clock.advance(1000);
    expect(kind(await vault.unlock('4'))).toBe('wrong_code');
    expect(vault.state()).toMatchObject({ failures: 4, waitSeconds: 10 });
    clock.advance(10_000);
    expect((await vault.unlock('2468')).ok).toBe(true);
  });

  it('is counted before it is looked at', async () => {
    await withCode('2468');
    const looking = openVault().unlock('1');
    await expect
      .poll(() => (JSON.parse(readFileSync(path, 'utf8')) as { tries: object }).tries)
      .toMatchObject({ failures: 1 });
    await looking;
  });
});

describe('a vault file', () => {
  it.each(['', '{', '[]', 'null', '{"version":1}', '{"version":2,"id":"x"}'])(
    'that reads %j is set aside',
    (text) => {
      writeFileSync(path, text);
      const vault = openVault();
      expect(vault.locked).toBe(false);
      expect(vault.key).toBeUndefined();
      expect(readFileSync(`${path}.damaged`, 'utf8')).toBe(text);
    },
  );

  it('with any flipped bit opens nothing', async () => {
    await openVault().ensure();
    const whole = readFileSync(path);
    const sealed = whole.indexOf('"keyring"') + 12;
    for (let at = sealed; at < sealed + 80; at += 1) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      writeFileSync(path, flipped);
      const vault = openVault();
      await vault.unlockByKeyring();
      expect(vault.key, `byte ${at}`).toBeUndefined();
    }
  });
});

it('waits longer with each wrong code, never more than a quarter of an hour', () => {
  expect([0, 1, 2, 3, 4, 5, 20, 1000].map(waitAfter)).toEqual([
    0, 0, 0, 5000, 10_000, 20_000, 900_000, 900_000,
  ]);
  expect(new Wait(clock, NO_TRIES).seconds).toBe(0);
});

it('takes no work upon itself that would take the memory of the computer', () => {
  const cost = newCost(STRETCH_N);
  expect(isCost(cost)).toBe(true);
  for (const more of [
    { n: 2 ** 22 },
    { r: 1024 },
    { p: 64 },
    { n: 1000 },
    { n: 0 },
    { r: -1 },
    { n: 1.5 },
    { salt: 7 },
  ])
    expect(isCost({ ...cost, ...more }), JSON.stringify(more)).toBe(false);
});
