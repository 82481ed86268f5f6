import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts';
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
import type { TestEngine, TestEngineOptions } from '#test/support/engine.ts';
import { anInvoice, anOrder } from '#test/support/entities.ts';
import type { FaultyProxy } from '#test/support/faulty-proxy.ts';
import { always, nth, startFaultyProxy } from '#test/support/faulty-proxy.ts';
import { ManualClock } from '#test/support/manual-clock.ts';
import { startService, type RunningService } from '#test/support/service.ts';

let service: RunningService;
let proxy: FaultyProxy;
const folders = new Folders();
const open: TestEngine[] = [];
const PULL = /^\/v1\/sync\/pull/;
const REFRESH = /^\/v1\/sessions\/refresh/;
const expired = JSON.stringify({ error: { kind: 'session_expired', message: 'x', requestId: 'r' } });

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

function openEngine(options: Partial<TestEngineOptions> = {}): TestEngine {
  const engine = openTestEngine({ url: proxy.url, folder: folders.make(), ...options });
  open.push(engine);
  return engine;
}

async function account(orders = 1): Promise<{ email: string; accountId: string }> {
  const email = `${newId()}@example.org`;
  const entities = Array.from({ length: orders }, () => ({
    type: 'order' as const,
    id: newId(),
    value: anOrder(),
  }));
  return { email, accountId: await service.createAccount({ email, password: PASSWORD, entities }) };
}

const stateOf = async (engine: TestEngine): Promise<string> =>
  (await must(engine.handlers['session.get'](undefined))).state;

it('refuses a wrong password and stays signed out', async () => {
  const { email } = await account();
  const engine = openEngine();
  expect(await kindOf(engine.handlers['session.signIn']({ email, password: 'wrong' }))).toBe(
    'invalid_credentials',
  );
  expect(await stateOf(engine)).toBe('signed_out');
  expect(await engine.status()).toMatchObject({ phase: 'signed_out' });
  expect(await kindOf(engine.handlers['orders.summary']({}))).toBe('not_signed_in');
});

it('says offline when nothing answers at the address', async () => {
  const engine = openEngine();
  const input = { email: 'a@b.fr', password: 'x', serviceUrl: 'http://127.0.0.1:9' };
  expect(await kindOf(engine.handlers['session.signIn'](input))).toBe('offline');
});

it('renews the session once, whoever asks, and keeps the new token before using it', async () => {
  const { email, accountId } = await account();
  const order: string[] = [];
  const host = testHost();
  const { saveSecret } = host;
  host.saveSecret = async (id, secret) => {
    await new Promise((resolve) => setImmediate(resolve));
    order.push('saved');
    return saveSecret(id, secret);
  };
  const engine = openEngine({ host });
  const ids = [newId(), newId()];
  for (const id of ids) await service.feed.put(accountId, 'invoice', id, anInvoice(newId()));
  await engine.signIn(email);
  await engine.sync();
  const before = host.secrets.get(accountId);
  order.length = 0;
  // The access token is no longer good; several requests find out at the same time.
  const old = proxy.seen.find(({ path }) => PULL.test(path))?.headers.authorization;
  expect(old).toMatch(/^Bearer /);
  let both = (): void => undefined;
  const twoRefused = new Promise<void>((resolve) => (both = resolve));
  proxy.rule = ({ path, headers }) => {
    if (REFRESH.test(path)) order.push('refresh');
    const refused = headers.authorization === old;
    if (headers.authorization) order.push(refused ? 'refused' : 'accepted');
    if (order.filter((step) => step === 'refused').length === 2) both();
    return refused ? { kind: 'answer', status: 401, body: expired, after: twoRefused } : undefined;
  };
  await Promise.all([engine.sync(), engine.handlers['invoices.download']({ ids })]);
  await until(async () => (await engine.status()).phase === 'idle');
  expect(order.filter((step) => step === 'refused').length).toBeGreaterThan(1);
  expect(order.filter((step) => step === 'refresh')).toHaveLength(1);
  expect(order.indexOf('saved')).toBeLessThan(order.indexOf('accepted'));
  expect(host.secrets.get(accountId)).not.toBe(before);
  expect(await stateOf(engine)).toBe('signed_in');
});

it('survives the loss of a refresh answer', async () => {
  const { email } = await account();
  const host = testHost();
  const folder = folders.make();
  const first = openEngine({ host, folder });
  await first.signIn(email);
  await first.close();
  proxy.rule = nth(1, REFRESH, { kind: 'lose' });
  const second = openEngine({ host, folder });
  expect(await second.sync()).toMatchObject({ phase: 'idle' });
  expect(await stateOf(second)).toBe('signed_in');
  expect(proxy.count('/v1/sessions/refresh')).toBe(2);
});

it('stays readable when the session has ended, and goes on after signing in again', async () => {
  const { email, accountId } = await account(3);
  const engine = openEngine();
  await engine.signIn(email);
  await engine.sync();
  const sessions: string[] = [];
  engine.on('session', ({ state }) => sessions.push(state));
  proxy.rule = ({ path }) =>
    PULL.test(path) || REFRESH.test(path) ? { kind: 'answer', status: 401, body: expired } : undefined;
  const status = await engine.sync();
  expect(status).toMatchObject({ phase: 'paused', problem: { kind: 'session_expired' } });
  expect(status.nextTryAt).toBeUndefined();
  expect(await stateOf(engine)).toBe('expired');
  expect(sessions).toContain('expired');
  expect((await must(engine.handlers['orders.summary']({}))).count).toBe(3);
  proxy.rule = undefined;
  proxy.seen.length = 0;
  await service.feed.put(accountId, 'order', newId(), anOrder());
  await engine.signIn(email);
  expect(await engine.sync()).toMatchObject({ phase: 'idle', counts: { orders: 4 } });
  const first = proxy.seen.find(({ path }) => PULL.test(path));
  expect(new URL(first?.path ?? '/', 'http://x').searchParams.get('cursor')).toBeTruthy();
});

it('asks to sign in again where no secret can be kept; the password shows everything, also without a network', async () => {
  const { email } = await account(2);
  const folder = folders.make();
  const forgetful = testHost({
    saveSecret: () => Promise.resolve({ durable: false }),
    loadSecret: () => Promise.resolve(undefined),
  });
  const first = openEngine({ host: forgetful, folder });
  await first.signIn(email);
  await first.sync();
  expect(await must(first.handlers['session.get'](undefined))).toMatchObject({ remembered: false });
  await first.close();
  const second = openEngine({ host: forgetful, folder });
  expect(await stateOf(second)).toBe('signed_out');
  expect(await kindOf(second.handlers['orders.summary']({}))).toBe('not_signed_in');
  proxy.rule = always(/./, { kind: 'cut' });
  const signIn = (as: string, password: string) => second.handlers['session.signIn']({ email: as, password });
  expect(await kindOf(signIn(email, 'another-1!'))).toBe('offline');
  expect(await kindOf(signIn(`x${email}`, PASSWORD))).toBe('offline');
  expect(await must(second.handlers['accounts.list'](undefined))).toMatchObject({ accounts: [], shut: 1 });
  await must(signIn(email.toUpperCase(), PASSWORD));
  expect((await must(second.handlers['orders.summary']({}))).count).toBe(2);
  proxy.rule = undefined;
  expect(await second.sync()).toMatchObject({ problem: { kind: 'session_expired' } });
  expect(await stateOf(second)).toBe('expired');
  await must(signIn(email, PASSWORD));
  expect(await second.sync()).toMatchObject({ phase: 'idle', counts: { orders: 2 } });
});

it('counts the life of a token by a clock that nobody can set', async () => {
  const { email } = await account();
  const clock = new ManualClock();
  const engine = openEngine({ env: { clock } });
  await engine.signIn(email);
  await engine.sync();
  clock.set(clock.now() + 365 * 86_400_000);
  await engine.sync();
  expect(proxy.count('/v1/sessions/refresh')).toBe(0);
  clock.advance(11 * 60_000);
  await engine.sync();
  expect(proxy.count('/v1/sessions/refresh')).toBe(1);
});

it('erases the account from this computer when signing out, with or without a service', async () => {
  for (const reachable of [true, false]) {
    const { email, accountId } = await account();
    const engine = openEngine();
    await engine.signIn(email);
    await engine.sync();
    expect(existsSync(cachePath(engine.folder, accountId))).toBe(true);
    if (!reachable) proxy.rule = always(/./, { kind: 'cut' });
    expect(await must(engine.handlers['session.signOut'](undefined))).toMatchObject({ state: 'signed_out' });
    expect(readdirSync(join(engine.folder, 'accounts'))).toEqual([]);
    expect(readFileSync(join(engine.folder, 'accounts.json'), 'utf8')).not.toContain(email);
    expect(engine.host.secrets.size).toBe(0);
    expect(await kindOf(engine.handlers['orders.summary']({}))).toBe('not_signed_in');
    if (reachable) expect(proxy.seen.some(({ method }) => method === 'DELETE')).toBe(true);
    proxy.rule = undefined;
  }
});

it('shows nothing of one account to another', async () => {
  const [first, second] = [await account(3), await account(1)];
  const engine = openEngine();
  await engine.signIn(first.email);
  await engine.sync();
  await engine.signIn(second.email);
  const early = await must(engine.handlers['orders.summary']({}));
  expect(early.count).toBeLessThanOrEqual(1);
  await engine.sync();
  expect((await must(engine.handlers['orders.summary']({}))).count).toBe(1);
  expect(await must(engine.handlers['search.query']({ text: 'plaquettes', limit: 5 }))).toMatchObject({
    orders: { hits: [{}] },
  });
});

it('finds the account at another address when people set it anew', async () => {
  const { email, accountId } = await account();
  const host = testHost();
  const folder = folders.make();
  const first = openEngine({ host, folder });
  await first.signIn(email);
  await first.sync();
  await first.close();
  await service.feed.put(accountId, 'order', newId(), anOrder());
  const second = openEngine({ host, folder, url: service.url });
  expect(await second.sync()).toMatchObject({ phase: 'idle', counts: { orders: 2 } });
  expect(await must(second.handlers['session.get'](undefined))).toMatchObject({ serviceUrl: service.url });
});

it('sends no secret to another computer that the settings name later', async () => {
  const { email } = await account();
  const host = testHost();
  const folder = folders.make();
  const first = openEngine({ host, folder });
  await first.signIn(email);
  await first.sync();
  await first.close();
  const elsewhere = openEngine({ host, folder, url: 'https://elsewhere.invalid' });
  // Had it asked, it would have met no such host and be offline.
  expect(await elsewhere.sync()).toMatchObject({ problem: { kind: 'session_expired' } });
  expect(await stateOf(elsewhere)).toBe('expired');
  expect((await must(elsewhere.handlers['orders.summary']({}))).count).toBe(1);
});

it('never logs an address, a password or a token', async () => {
  const { email, accountId } = await account();
  const engine = openEngine();
  proxy.rule = nth(1, PULL, { kind: 'answer', status: 500, body: 'oops' });
  await engine.signIn(email);
  await engine.sync();
  await engine.sync();
  const logged = JSON.stringify(engine.host.logged);
  for (const secret of [email, PASSWORD, engine.host.secrets.get(accountId) ?? '?'])
    expect(logged).not.toContain(secret);
  expect(
    readFileSync(cachePath(engine.folder, accountId)).includes(engine.host.secrets.get(accountId) ?? '?'),
  ).toBe(false);
});

it('tells an account service from any other server', async () => {
  const engine = openEngine();
  const check = (url: string): Promise<unknown> => Promise.resolve(engine.handlers['service.check']({ url }));
  expect(await check(`${service.url.replace('http://', '')}/`)).toMatchObject({
    ok: true,
    value: { url: service.url },
  });
  const other = createServer((_request, response) => response.end('<h1>hello</h1>'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const otherUrl = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  expect(await check(otherUrl)).toMatchObject({ error: { kind: 'not_our_service' } });
  other.close();
  expect(await check('http://example.org')).toMatchObject({ error: { kind: 'not_our_service' } });
  expect(await check('http://127.0.0.1:9')).toMatchObject({ error: { kind: 'offline' } });
  const health = (protocol: object): string =>
    JSON.stringify({ service: 'oscaro-account-service', status: 'ok', version: '9', protocol });
  proxy.rule = always(/healthz/, {
    kind: 'answer',
    status: 200,
    body: health({ min: PROTOCOL_VERSION + 1, max: PROTOCOL_VERSION + 2 }),
  });
  expect(await check(proxy.url)).toMatchObject({ error: { kind: 'upgrade_required' } });
});
