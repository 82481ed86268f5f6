import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { AccountSafety, SecurityView } from '#shared/ipc/security.ts';
import { raiseAlarm } from '#service/accounts/alarms.ts';
import { newId } from '#shared/domain/ids.ts';
import { Folders, kindOf, must, openTestEngine, PASSWORD, testHost, until } from '#test/support/engine.ts';
import type { TestEngine, TestHost } from '#test/support/engine.ts';
import { aProfile } from '#test/support/entities.ts';
import type { FaultyProxy } from '#test/support/faulty-proxy.ts';
import { startFaultyProxy } from '#test/support/faulty-proxy.ts';
import { startService, type RunningService } from '#test/support/service.ts';

let service: RunningService;
let proxy: FaultyProxy;
const folders = new Folders();
const open: TestEngine[] = [];
const NEW_PASSWORD = 'Une-autre-phrase-2027!';

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

async function anAccount(): Promise<string> {
  const id = newId();
  const email = `${id}@example.org`;
  await service.createAccount({
    id,
    email,
    password: PASSWORD,
    entities: [{ type: 'profile', id, value: aProfile({ email }) }],
  });
  return email;
}

function engineIn(folder: string, host: TestHost = testHost()): TestEngine {
  const engine = openTestEngine({ url: proxy.url, folder, host });
  open.push(engine);
  return engine;
}

/** A computer on which this account is signed in. */
async function signedIn(email: string, folder = folders.make()): Promise<TestEngine> {
  const engine = engineIn(folder);
  await engine.signIn(email);
  await engine.sync();
  return engine;
}

const view = (engine: TestEngine): Promise<SecurityView> => must(engine.handlers['security.get'](undefined));
const safety = async (engine: TestEngine): Promise<AccountSafety | undefined> =>
  (await view(engine)).safety?.value;
const refresh = (engine: TestEngine): Promise<SecurityView> =>
  must(engine.handlers['security.refresh'](undefined));

it('shows what the service said last, with its date, when there is no network and after a restart', async () => {
  const email = await anAccount();
  const folder = folders.make();
  const engine = await signedIn(email, folder);
  const asked = await refresh(engine);
  expect(asked.safety?.value).toMatchObject({ email, passwordIsOld: false });
  expect(asked.sessions?.value).toMatchObject([{ current: true, deviceName: 'test' }]);
  expect(asked.consents?.value).toEqual([]);
  const { host } = engine;
  await engine.close();
  open.splice(0);
  proxy.rule = () => ({ kind: 'cut' });
  const again = engineIn(folder, host);
  const kept = await view(again);
  for (const kind of ['safety', 'sessions', 'consents'] as const) {
    expect(kept[kind]?.value).toEqual(asked[kind]?.value);
    // The same answer is not noted on the disk each time it comes: its date may be a little older, never newer.
    expect(Date.parse(kept[kind]?.at ?? '')).toBeLessThanOrEqual(Date.parse(asked[kind]?.at ?? ''));
  }
  expect(await kindOf(again.handlers['security.refresh'](undefined))).toBe('offline');
  expect(await view(again)).toEqual(kept);
});

it('changes the password with the present one only, and ends the other sessions when asked to', async () => {
  const email = await anAccount();
  const [here, there] = [await signedIn(email), await signedIn(email)];
  const change = here.handlers['security.changePassword'];
  const wanted = { newPassword: NEW_PASSWORD, endOtherSessions: true };
  expect(await kindOf(change({ ...wanted, password: 'pas-le-bon-1!' }))).toBe('wrong_password');
  expect(await change({ ...wanted, password: PASSWORD, newPassword: 'zqxw' })).toMatchObject({
    error: { kind: 'weak_password', passwordProblems: ['too_short', 'no_digit', 'no_special'] },
  });
  expect((await there.sync()).phase).toBe('idle');
  await must(change({ ...wanted, password: PASSWORD }));
  expect((await here.sync()).phase).toBe('idle');
  await until(async () => (await there.sync()).problem?.kind === 'session_expired', 'the end of the other');
  expect((await refresh(here)).sessions?.value).toHaveLength(1);
});

it('ends one session or all others, and never its own', async () => {
  const email = await anAccount();
  const here = await signedIn(email);
  await signedIn(email);
  await signedIn(email);
  const { sessions } = await refresh(here);
  const others = (sessions?.value ?? []).filter(({ current }) => !current);
  expect(others).toHaveLength(2);
  await must(here.handlers['security.endSession']({ id: others[0]?.id ?? '' }));
  expect((await view(here)).sessions?.value).toHaveLength(2);
  await must(here.handlers['security.endOtherSessions'](undefined));
  expect((await view(here)).sessions?.value).toMatchObject([{ current: true }]);
  expect(await kindOf(here.handlers['security.endSession']({ id: newId() }))).toBe('not_found');
});

it('waits for both mailboxes with a new address, and can give it up', async () => {
  const email = await anAccount();
  const [here, there] = [await signedIn(email), await signedIn(email)];
  const wanted = `neuf-${email}`;
  const change = here.handlers['security.changeEmail'];
  expect(await kindOf(change({ email: wanted, password: 'pas-le-bon-1!' }))).toBe('wrong_password');
  await must(change({ email: wanted, password: PASSWORD }));
  const waiting = { email: wanted, confirmedByOld: false, confirmedByNew: false };
  expect(await safety(here)).toMatchObject({ email, emailChange: waiting });
  // A hint of the service tells the other computer, whose screen was never opened.
  await until(async () => (await safety(there))?.emailChange?.email === wanted, 'the news over there');
  await must(here.handlers['security.cancelEmailChange'](undefined));
  expect((await safety(here))?.emailChange).toBeUndefined();
});

it('asks for the deletion with the password, and takes it back', async () => {
  const email = await anAccount();
  const engine = await signedIn(email);
  const ask = engine.handlers['security.requestDeletion'];
  expect(await kindOf(ask({ password: 'pas-le-bon-1!' }))).toBe('wrong_password');
  await must(ask({ password: PASSWORD }));
  const { deletion } = (await safety(engine)) ?? {};
  expect(Date.parse(deletion?.deletedAt ?? '') - Date.parse(deletion?.requestedAt ?? '')).toBe(
    30 * 86_400_000,
  );
  await must(engine.handlers['security.keepAccount'](undefined));
  expect((await safety(engine))?.deletion).toBeUndefined();
});

it('tells every computer of a sign-in that looks suspicious, until the password is another one', async () => {
  const email = await anAccount();
  const [here, other] = [await signedIn(email), await signedIn(email)];
  const { sessions } = await refresh(other);
  const sessionId = (sessions?.value ?? []).find(({ current }) => !current)?.id ?? '';
  const { store, mails, pokes } = service.service;
  const clock = { now: () => Date.now() };
  const accountKey = await store.db.transaction().execute(async (trx) => {
    const { key } = await trx
      .selectFrom('accounts')
      .select('key')
      .where('email', '=', email)
      .executeTakeFirstOrThrow();
    await raiseAlarm(trx, { clock, mails }, { accountKey: key, sessionId, deviceName: 'inconnu', reason: 'many_failures' }); // prettier-ignore
    return key;
  });
  pokes.poke(accountKey);
  await until(async () => (await safety(other))?.suspiciousSignIn !== undefined, 'the warning');
  const id = (await safety(other))?.suspiciousSignIn?.id ?? '';
  await must(other.handlers['security.answerSignIn']({ id, mine: false }));
  // It was not the owner: that session ends, and a new password is asked for until there is one.
  expect((await safety(other))?.suspiciousSignIn?.reason).toBe('reported');
  await until(async () => (await here.sync()).problem?.kind === 'session_expired', 'the end of the session');
  await must(
    other.handlers['security.changePassword']({
      password: PASSWORD,
      newPassword: NEW_PASSWORD,
      endOtherSessions: true,
    }),
  );
  expect((await safety(other))?.suspiciousSignIn).toBeUndefined();
});

it('says that it needs a network, and changes nothing', async () => {
  const engine = await signedIn(await anAccount());
  proxy.rule = () => ({ kind: 'cut' });
  expect(await kindOf(engine.handlers['security.requestDeletion']({ password: PASSWORD }))).toBe('offline');
  expect(await kindOf(engine.handlers['security.endOtherSessions'](undefined))).toBe('offline');
  proxy.rule = undefined;
  expect((await refresh(engine)).safety?.value.deletion).toBeUndefined();
});
