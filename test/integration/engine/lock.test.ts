import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { STRETCH_N } from '#core/keys/stretch.ts';
import { newId } from '#shared/domain/ids.ts';
import type { SessionState } from '#shared/ipc/session.ts';
import { kindOf, must, PASSWORD, testHost, until } from '#test/support/engine.ts';
import type { TestEngine, TestEngineOptions } from '#test/support/engine.ts';
import { anOrder } from '#test/support/entities.ts';
import { always } from '#test/support/faulty-proxy.ts';
import { basketNames, proxiedEngines } from '#test/support/proxied-engines.ts';

const PIN = '2468';
const engines = proxiedEngines();

const reopened = async ({ folder, host }: TestEngine): Promise<TestEngine> => {
  await engines.closeAll();
  return engines.open({ folder, host });
};

async function account(orders = 1): Promise<string> {
  const email = `${newId()}@example.org`;
  const entities = Array.from({ length: orders }, () => ({
    type: 'order' as const,
    id: newId(),
    value: anOrder(),
  }));
  await engines.service.createAccount({ email, password: PASSWORD, entities });
  return email;
}

/** Signed in, everything read, with a code before it. */
async function coded(email: string, options: Partial<TestEngineOptions> = {}): Promise<TestEngine> {
  const engine = engines.open(options);
  await engine.signIn(email);
  await engine.sync();
  await must(engine.handlers['lock.setCode']({ code: PIN }));
  return engine;
}

const session = (engine: TestEngine): Promise<SessionState> =>
  must(engine.handlers['session.get'](undefined));
const orders = async (engine: TestEngine): Promise<number> =>
  (await must(engine.handlers['orders.summary']({}))).count;

it('shows nothing and answers nothing while it is locked, and everything again with the code', async () => {
  const engine = await coded(await account(2));
  const told: string[] = [];
  const locks: boolean[] = [];
  engine.on('session', ({ state }) => void told.push(state));
  engine.on('lock', ({ locked }) => void locks.push(locked));
  expect(await must(engine.handlers['lock.now'](undefined))).toMatchObject({ locked: true, code: 'pin' });
  expect(told[0]).toBe('locked');
  expect(locks).toEqual([true]);
  const state = await session(engine);
  expect(Object.keys(state).sort()).toEqual(['serviceUrl', 'state']);
  for (const answer of [
    engine.handlers['orders.summary']({}),
    engine.handlers['account.get'](undefined),
    engine.handlers['changes.list'](undefined),
    engine.handlers['search.query']({ text: 'filtre', limit: 5 }),
    engine.handlers['accounts.list'](undefined),
    engine.handlers['accounts.switch']({ id: newId() }),
    engine.handlers['accounts.eraseAll'](undefined),
    engine.handlers['session.signOut'](undefined),
    engine.handlers['account.pendingSignUp'](undefined),
    engine.handlers['lock.setCode']({ present: PIN }),
  ])
    expect(await kindOf(answer)).toBe('locked');
  expect(await engine.status()).toMatchObject({
    phase: 'paused',
    problem: { kind: 'locked' },
    counts: { orders: 0 },
  });
  expect(await kindOf(engine.handlers['lock.open']({ code: '1111' }))).toBe('wrong_code');
  expect(await must(engine.handlers['lock.open']({ code: PIN }))).toMatchObject({
    locked: false,
    failures: 0,
  });
  expect(await orders(engine)).toBe(2);
  expect(await session(engine)).toMatchObject({ state: 'signed_in' });
  expect(told.at(-1)).toBe('signed_in');
});

it('sends nothing while it is locked, and what waits afterwards', async () => {
  const engine = await coded(await account());
  await engines.makeOffline(engine, 'Freins');
  await must(engine.handlers['lock.now'](undefined));
  engines.proxy.rule = undefined;
  const before = engines.proxy.seen.length;
  await must(engine.handlers['sync.now'](undefined));
  await must(engine.handlers['sync.hint']({ kind: 'network' }));
  expect(engines.proxy.seen.length).toBe(before);
  await must(engine.handlers['lock.open']({ code: PIN }));
  expect(await engine.sync()).toMatchObject({ phase: 'idle', changes: { waiting: 0 } });
  expect(await basketNames(engine)).toEqual(['Freins']);
});

it('asks for the code at the start, with or without a network', async () => {
  const engine = await coded(await account(3));
  engines.proxy.rule = always(/./, { kind: 'cut' });
  const later = await reopened(engine);
  expect(await session(later)).toMatchObject({ state: 'locked' });
  expect(await kindOf(later.handlers['orders.summary']({}))).toBe('locked');
  await must(later.handlers['lock.open']({ code: PIN }));
  expect(await orders(later)).toBe(3);
});

it('stands before all accounts of the computer', async () => {
  const [one, two] = [await account(1), await account(2)];
  const engine = await coded(one);
  await engine.signIn(two);
  await engine.sync();
  const later = await reopened(engine);
  expect(await kindOf(later.handlers['accounts.list'](undefined))).toBe('locked');
  await must(later.handlers['lock.open']({ code: PIN }));
  const { accounts, shut } = await must(later.handlers['accounts.list'](undefined));
  expect(accounts.map(({ email }) => email)).toEqual([one, two]);
  expect(shut).toBe(0);
  expect(await orders(later)).toBe(2);
  await must(later.handlers['accounts.switch']({ id: accounts[0]!.id }));
  expect(await orders(later)).toBe(1);
});

it('a forgotten code: signing in again opens that account with its unsent changes, and takes the code away', async () => {
  const [mine, other] = [await account(1), await account(2)];
  const engine = await coded(other);
  await engines.makeOffline(engine, 'Autre');
  engines.proxy.rule = undefined;
  await engine.signIn(mine);
  await engine.sync();
  await engines.makeOffline(engine, 'Embrayage');
  const later = await reopened(engine);
  // Nobody gets in without the service.
  expect(await kindOf(later.handlers['session.signIn']({ email: mine, password: PASSWORD }))).toBe('offline');
  expect(await session(later)).toMatchObject({ state: 'locked' });
  engines.proxy.rule = undefined;
  expect(await kindOf(later.handlers['session.signIn']({ email: mine, password: 'wrong-1!' }))).toBe(
    'invalid_credentials',
  );
  expect(await session(later)).toMatchObject({ state: 'locked' });
  await later.signIn(mine);
  expect(await must(later.handlers['lock.get'](undefined))).toEqual({
    locked: false,
    failures: 0,
    guarded: true,
  });
  await later.sync();
  expect(await basketNames(later)).toEqual(['Embrayage']);
  // The other one is shut until its owner signs in, and has lost nothing then.
  expect(await must(later.handlers['accounts.list'](undefined))).toMatchObject({
    accounts: [{ email: mine }],
    shut: 1,
  });
  await later.signIn(other);
  await later.sync();
  expect(await basketNames(later)).toEqual(['Autre']);
  expect(await must(later.handlers['accounts.list'](undefined))).toMatchObject({
    accounts: [{}, {}],
    shut: 0,
  });
});

it('a password that was changed elsewhere opens what a forgotten code had shut', async () => {
  const email = await account();
  const engine = await coded(email);
  await engines.makeOffline(engine, 'Courroie');
  engines.proxy.rule = undefined;
  const elsewhere = engines.open();
  await elsewhere.signIn(email);
  const NEW = 'another-password-2!';
  await must(
    elsewhere.handlers['security.changePassword']({
      password: PASSWORD,
      newPassword: NEW,
      endOtherSessions: true,
    }),
  );
  const later = await reopened(engine);
  await must(later.handlers['session.signIn']({ email, password: NEW }));
  await later.sync();
  expect(await basketNames(later)).toEqual(['Courroie']);
});

it('does nothing without a code, and takes none that the present one does not stand for', async () => {
  const engine = engines.open();
  await engine.signIn(await account());
  expect(await must(engine.handlers['lock.now'](undefined))).toMatchObject({ locked: false });
  expect(await session(engine)).toMatchObject({ state: 'signed_in' });
  await must(engine.handlers['lock.setCode']({ code: PIN }));
  expect(await kindOf(engine.handlers['lock.setCode']({ code: '1357' }))).toBe('wrong_code');
  await must(engine.handlers['lock.setCode']({ code: '1357', present: PIN }));
  await must(engine.handlers['lock.now'](undefined));
  expect(await kindOf(engine.handlers['lock.open']({ code: PIN }))).toBe('wrong_code');
  await must(engine.handlers['lock.open']({ code: '1357' }));
  await must(engine.handlers['lock.setCode']({ present: '1357' }));
  const later = await reopened(engine);
  expect(await session(later)).toMatchObject({ state: 'signed_in' });
});

it('is opened by the password of the account neither with a keyring nor without one, once there is a code', async () => {
  const host = testHost({
    saveSecret: () => Promise.resolve({ durable: false }),
    loadSecret: () => Promise.resolve(undefined),
  });
  const email = await account(2);
  const engine = await coded(email, { host });
  expect(await must(engine.handlers['lock.get'](undefined))).toMatchObject({ guarded: false });
  const later = await reopened(engine);
  expect(await session(later)).toMatchObject({ state: 'locked' });
  engines.proxy.rule = always(/./, { kind: 'cut' });
  expect(await kindOf(later.handlers['session.signIn']({ email, password: PASSWORD }))).toBe('offline');
  await must(later.handlers['lock.open']({ code: PIN }));
  expect(await orders(later)).toBe(2);
});

it('locks at once, whatever waits for the network, and what comes back then opens nothing', async () => {
  const [mine, other] = [await account(1), await account(2)];
  const engine = await coded(mine);
  const answer = Promise.withResolvers<undefined>();
  engines.proxy.rule = ({ method, path }) =>
    method === 'POST' && path === '/v1/sessions' ? { kind: 'hold', until: answer.promise } : undefined;
  const asked = engines.proxy.count('/v1/sessions');
  const signingIn = engine.handlers['session.signIn']({ email: other, password: PASSWORD });
  await until(() => engines.proxy.count('/v1/sessions') > asked, 'the question');
  const locking = engine.handlers['lock.now'](undefined);
  expect(await session(engine)).toMatchObject({ state: 'locked' });
  expect(await kindOf(engine.handlers['orders.summary']({}))).toBe('locked');
  answer.resolve(undefined);
  expect(await kindOf(signingIn)).toBe('locked');
  expect(await must(locking)).toMatchObject({ locked: true });
  await must(engine.handlers['lock.open']({ code: PIN }));
  expect(await orders(engine)).toBe(1);
  expect(await must(engine.handlers['accounts.list'](undefined))).toMatchObject({
    accounts: [{ email: mine }],
    shut: 0,
  });
  expect(readFileSync(join(engine.folder, 'accounts.json'), 'utf8')).not.toContain('@');
});

it('takes the work of trying codes for real in the app', async () => {
  const engine = engines.open({ env: { stretchN: STRETCH_N } });
  await engine.signIn(await account());
  await must(engine.handlers['lock.setCode']({ code: PIN }));
  const { code } = JSON.parse(readFileSync(join(engine.folder, 'vault.json'), 'utf8')) as {
    code: { cost: { n: number; r: number; p: number } };
  };
  expect(code.cost).toMatchObject({ n: 131_072, r: 8, p: 1 });
  await must(engine.handlers['lock.now'](undefined));
  await must(engine.handlers['lock.open']({ code: PIN }));
}, 60_000);

it('locks in the middle of a sync and of a change, and loses nothing', async () => {
  const engine = await coded(await account(40));
  const syncing = engine.sync();
  const making = engine.handlers['changes.make']({
    name: 'basket.create',
    args: { id: newId(), name: 'Entre-temps' },
  });
  await must(engine.handlers['lock.now'](undefined));
  await syncing;
  const made = await making;
  await must(engine.handlers['lock.open']({ code: PIN }));
  await engine.sync();
  expect(await basketNames(engine)).toEqual(made.ok ? ['Entre-temps'] : []);
});
