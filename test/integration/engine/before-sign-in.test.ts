import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { readSmtpUrl } from '#service/mail/smtp-url.ts';
import { newId } from '#shared/domain/ids.ts';
import type { SignUp } from '#shared/ipc/sign-up.ts';
import { Folders, kindOf, must, openTestEngine, testHost } from '#test/support/engine.ts';
import type { TestEngine, TestEngineOptions, TestHost } from '#test/support/engine.ts';
import { always, startFaultyProxy, type FaultyProxy } from '#test/support/faulty-proxy.ts';
import { startMailServer, type MailServer } from '#test/support/mail-server.ts';
import { ManualClock } from '#test/support/manual-clock.ts';
import { startService, type RunningService } from '#test/support/service.ts';

const PASSWORD = 'cheval-agrafe-7-tournevis';
let mails: MailServer;
let service: RunningService;
let proxy: FaultyProxy;
const folders = new Folders();
const open: TestEngine[] = [];

beforeAll(async () => {
  mails = await startMailServer();
  service = await startService({
    mail: {
      server: readSmtpUrl(`smtp://127.0.0.1:${mails.port}`)!,
      from: { name: 'Oscaro', address: 'no-reply@shop.example' },
    },
  });
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
  await mails.close();
});

function openEngine(options: Partial<TestEngineOptions> = {}): TestEngine {
  const engine = openTestEngine({ url: proxy.url, folder: folders.make(), ...options });
  open.push(engine);
  return engine;
}

const someone = (over: Partial<SignUp> = {}): SignUp => ({
  kind: 'private',
  email: `${newId()}@example.org`,
  password: PASSWORD,
  firstName: 'Zoé',
  lastName: 'Tilfur',
  consents: { offers_email: true },
  ...over,
});

/** The code in the newest mail to an address. */
async function codeFor(email: string): Promise<string> {
  const theirs = () => mails.mails.filter(({ to }) => to.includes(email));
  await expect.poll(() => theirs().length, { timeout: 20_000 }).toBeGreaterThan(0);
  const text = theirs().at(-1)?.parsed.text ?? '';
  return /^\s*([2-9A-HJ-NP-Z]{4}[ -]?[2-9A-HJ-NP-Z]{4})\s*$/m.exec(text)?.[1] ?? text;
}

it('opens an account, has it activated by its code, and keeps nothing of it afterwards', async () => {
  const engine = openEngine();
  const person = someone();
  const pending = await must(engine.handlers['account.signUp'](person));
  expect(pending).toMatchObject({
    typed: { email: person.email, lastName: 'Tilfur' },
    serviceUrl: proxy.url,
  });
  expect(JSON.stringify(pending)).not.toContain(PASSWORD);
  expect(await kindOf(engine.handlers['session.signIn']({ email: person.email, password: PASSWORD }))).toBe(
    'not_activated',
  );
  const code = await codeFor(person.email);
  const wrong = { email: person.email, code: 'AAAA2222' };
  expect(await engine.handlers['account.activate'](wrong)).toMatchObject({
    error: { kind: 'link_invalid', linkProblem: 'unknown' },
  });
  await must(engine.handlers['account.activate']({ email: person.email, code }));
  expect(await must(engine.handlers['account.pendingSignUp'](undefined))).toBeUndefined();
  expect(engine.host.secrets.size).toBe(0);
  const session = await must(engine.handlers['session.signIn']({ email: person.email, password: PASSWORD }));
  expect(session).toMatchObject({ state: 'signed_in', account: { email: person.email } });
});

it('goes on after a restart, in the keyring where there is one', async () => {
  const host = testHost();
  const folder = folders.make();
  const first = openEngine({ host, folder });
  const person = someone();
  await must(first.handlers['account.signUp'](person));
  await first.close();
  const second = openEngine({ host, folder });
  expect(await must(second.handlers['account.pendingSignUp'](undefined))).toMatchObject({
    typed: { email: person.email },
  });
  await must(second.handlers['account.forgetSignUp'](undefined));
  expect(await must(second.handlers['account.pendingSignUp'](undefined))).toBeUndefined();
  expect(host.secrets.size).toBe(0);
});

it('writes nothing of a sign-up to the disk', async () => {
  const folder = folders.make();
  const engine = openEngine({ folder });
  const person = someone();
  await must(engine.handlers['account.signUp'](person));
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (!statSync(path).isFile()) continue;
    const bytes = readFileSync(path);
    expect(bytes.includes(person.email)).toBe(false);
    expect(bytes.includes(PASSWORD)).toBe(false);
  }
});

it('forgets a sign-up that nobody has come back to, and one that cannot be read', async () => {
  const host = testHost();
  const clock = new ManualClock();
  const engine = openEngine({ host, env: { clock } });
  await must(engine.handlers['account.signUp'](someone()));
  const [slot = ''] = host.secrets.keys();
  clock.set(clock.now() + 8 * 86_400_000);
  expect(await must(engine.handlers['account.pendingSignUp'](undefined))).toBeUndefined();
  expect(host.secrets.size).toBe(0);
  for (const damaged of ['', '{', '[]', '{"typed":{}}', '\u0000\u0000']) {
    host.secrets.set(slot, damaged);
    expect(await must(engine.handlers['account.pendingSignUp'](undefined))).toBeUndefined();
  }
});

it('forgets a waiting sign-up when the computer is erased', async () => {
  const host = testHost();
  const engine = openEngine({ host });
  await must(engine.handlers['account.signUp'](someone()));
  expect(await must(engine.handlers['account.pendingSignUp'](undefined))).toBeDefined();
  await must(engine.handlers['accounts.eraseAll'](undefined));
  expect(await must(engine.handlers['account.pendingSignUp'](undefined))).toBeUndefined();
  expect(host.secrets.size).toBe(0);
});

it('sets a forgotten password anew by the code of a mail', async () => {
  const engine = openEngine();
  const person = someone();
  await must(engine.handlers['account.signUp'](person));
  const { email } = person;
  await must(engine.handlers['account.activate']({ email, code: await codeFor(email) }));
  const before = mails.mails.length;
  await must(engine.handlers['account.requestReset']({ email }));
  await mails.received(before + 1);
  const code = await codeFor(email);
  const reset = (password: string) => engine.handlers['account.resetPassword']({ email, code, password });
  expect(await reset('rotule7')).toMatchObject({
    error: { kind: 'weak_password', passwordProblems: ['too_short', 'no_special'] },
  });
  await must(reset('quatre-boulons-9-rotule'));
  expect(await kindOf(engine.handlers['session.signIn']({ email, password: PASSWORD }))).toBe(
    'invalid_credentials',
  );
  await must(engine.handlers['session.signIn']({ email, password: 'quatre-boulons-9-rotule' }));
});

it('says offline and throttled in so many words, and keeps no sign-up that was not taken', async () => {
  const engine = openEngine();
  proxy.rule = always(/./, { kind: 'cut' });
  expect(await kindOf(engine.handlers['account.signUp'](someone()))).toBe('offline');
  expect(await kindOf(engine.handlers['account.requestReset']({ email: 'a@example.org' }))).toBe('offline');
  const body = JSON.stringify({
    error: { kind: 'throttled', message: 'x', requestId: 'r', retryAfterSeconds: 90 },
  });
  proxy.rule = always(/./, { kind: 'answer', status: 429, body });
  expect(await engine.handlers['account.resendActivation']({ email: 'a@example.org' })).toMatchObject({
    error: { kind: 'throttled', retryAfterSeconds: 90 },
  });
  expect(await must(engine.handlers['account.pendingSignUp'](undefined))).toBeUndefined();
});

it('keeps no session over the end of the app when that is not wanted, and shows everything all the same', async () => {
  const email = `${newId()}@example.org`;
  await service.createAccount({ email, password: PASSWORD });
  const asked: (boolean | undefined)[] = [];
  const host: TestHost = testHost({
    saveSecret: (id, secret, options) => {
      const durable = options?.lasting !== false;
      if (durable) host.secrets.set(id, secret);
      if (options) asked.push(options.lasting);
      return Promise.resolve({ durable });
    },
  });
  const folder = folders.make();
  const first = openEngine({ host, folder });
  const session = await must(first.handlers['session.signIn']({ email, password: PASSWORD, stay: false }));
  expect(session).toMatchObject({ state: 'signed_in', remembered: false });
  expect(asked).toEqual([false]);
  await first.close();
  const second = openEngine({ host, folder });
  await second.sync();
  expect(await must(second.handlers['session.get'](undefined))).toMatchObject({ state: 'expired' });
  // Signing in again without saying anything keeps to what was chosen.
  await must(second.handlers['session.signIn']({ email, password: PASSWORD }));
  expect(asked).toEqual([false, false]);
});
