import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import { routes } from '#shared/protocol/routes.ts';
import { toInstant } from '#shared/domain/time.ts';
import { EMAIL, Folders, kindOf, must, openTestEngine, PASSWORD } from '#test/support/engine.ts';
import type { TestEngine } from '#test/support/engine.ts';
import { aProfile } from '#test/support/entities.ts';
import { startFaultyProxy, type FaultyProxy } from '#test/support/faulty-proxy.ts';
import { mailTo, tokenIn } from '#test/support/mails.ts';
import { ManualClock } from '#test/support/manual-clock.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { call } from '../service/client.ts';

const MINUTE = 60_000;
const NEW_PASSWORD = 'cheval correct, pile 4';
const folders = new Folders();
let computer: ManualClock;
/** How far the service's clock is ahead of the computer's. */
let skew: number;
let service: RunningService;
let proxy: FaultyProxy;
let engine: TestEngine;

beforeEach(async () => {
  computer = new ManualClock();
  skew = 0;
  service = await startService({ clock: { now: () => computer.now() + skew } });
  proxy = await startFaultyProxy(service.url);
  const id = newId();
  const entities = [{ type: 'profile' as const, id, value: aProfile({ email: EMAIL }) }];
  await service.createAccount({ email: EMAIL, password: PASSWORD, id, entities });
  engine = openTestEngine({ url: proxy.url, folder: folders.make(), env: { clock: computer } });
});
afterEach(async () => {
  await engine.close();
  await proxy.close();
  await service.close();
  folders.clear();
});

const signIn = (password: string) => engine.handlers['session.signIn']({ email: EMAIL, password });

/** Makes a basket here; checks that the service has it after a synchronisation. */
async function aChangeArrives(name: string): Promise<void> {
  await must(engine.handlers['changes.make']({ name: 'basket.create', args: { id: newId(), name } }));
  expect((await engine.sync()).problem).toBeUndefined();
  const rows = await service.service.store.db
    .selectFrom('entities')
    .select('change')
    .where('type', '=', 'basket')
    .execute();
  expect(rows.filter(({ change }) => change.includes(name))).toHaveLength(1);
}

const refreshes = () => proxy.count(routes.refresh);

/** The seconds that the next attempt has to wait, after as many wrong passwords as are free. */
async function waitAfterWrongPasswords(): Promise<number | undefined> {
  for (let i = 0; i < 5; i += 1) expect(await kindOf(signIn('wrong'))).toBe('invalid_credentials');
  const refused = await signIn(PASSWORD);
  if (refused.ok) throw new Error('this had to wait');
  expect(refused.error.kind).toBe('throttled');
  return refused.error.retryAfterSeconds;
}

async function signUp(email: string) {
  const person = { kind: 'private', email, firstName: 'Zoé', lastName: 'Tilfur', consents: {} } as const;
  const pending = await must(engine.handlers['account.signUp']({ ...person, password: NEW_PASSWORD }));
  return { pending, mail: await mailTo(service, email, 'activation') };
}

async function wayToNewPassword() {
  await must(engine.handlers['account.requestReset']({ email: EMAIL }));
  return mailTo(service, EMAIL, 'password_reset');
}
const resetWith = (code: string) =>
  engine.handlers['account.resetPassword']({ email: EMAIL, code, password: NEW_PASSWORD });

const postStatus = async (path: string, json: unknown): Promise<number> =>
  (await call(service.url, path, { json })).status;

describe.each([
  ['ahead of', 10 * MINUTE],
  ['behind', -10 * MINUTE],
])('a service whose clock is ten minutes %s that of the computer', (_where, offset) => {
  beforeEach(() => {
    skew = offset;
  });

  it('is signed in to, read and written to, with one token for its ten minutes', async () => {
    await engine.signIn();
    await aChangeArrives('at once');
    computer.advance(9 * MINUTE);
    await aChangeArrives('nine minutes later');
    expect(refreshes()).toBe(0);
    computer.advance(2 * MINUTE);
    await aChangeArrives('when it had to be renewed');
    expect(refreshes()).toBe(1);
  });

  it('keeps a session for its sixty days', async () => {
    await engine.signIn();
    computer.advance(59 * 24 * 60 * MINUTE);
    await aChangeArrives('in the last days');
    computer.advance(2 * 24 * 60 * MINUTE);
    await engine.sync();
    expect(await must(engine.handlers['session.get'](undefined))).toMatchObject({ state: 'expired' });
  });

  it('goes on when its clock is put right in the middle of a session, and wrong again', async () => {
    await engine.signIn();
    await aChangeArrives('before');
    skew = 0;
    await aChangeArrives('after');
    computer.advance(11 * MINUTE);
    await aChangeArrives('later');
    skew = offset;
    await aChangeArrives('wrong again');
    expect(await must(engine.handlers['session.get'](undefined))).toMatchObject({ state: 'signed_in' });
  });

  it('lets a wait be over when it is over', async () => {
    expect(await waitAfterWrongPasswords()).toBe(2);
    computer.advance(2000);
    await must(signIn(PASSWORD));
  });

  it('makes nobody wait longer because its clock was put right', async () => {
    await waitAfterWrongPasswords();
    await signUp('zoe@example.org');
    skew = 0;
    computer.advance(MINUTE);
    await must(signIn(PASSWORD));
    await must(engine.handlers['account.resendActivation']({ email: 'zoe@example.org' }));
    // The wait for the next one is counted from there.
    const again = await engine.handlers['account.resendActivation']({ email: 'zoe@example.org' });
    expect(again).toMatchObject({ ok: false, error: { kind: 'throttled', retryAfterSeconds: 120 } });
  });

  it('tells by the clock of the computer when a mail can be asked for again', async () => {
    const { pending } = await signUp('zoe@example.org');
    expect(pending.againAt).toBe(toInstant(computer.now() + MINUTE));
    computer.advance(MINUTE - 1000);
    const { email } = pending.typed;
    expect(await kindOf(engine.handlers['account.resendActivation']({ email }))).toBe('throttled');
    computer.advance(1000);
    await must(engine.handlers['account.resendActivation']({ email }));
  });

  it.each([
    ['code', 'all the time', offset],
    ['link', 'all the time', offset],
    ['code', 'until then', 0],
    ['link', 'until then', 0],
  ])('activates by a %s of its mail when its clock was wrong %s', async (by, _when, later) => {
    const email = 'zoe@example.org';
    const { mail } = await signUp(email);
    skew = later;
    computer.advance(23 * 60 * MINUTE);
    if (by === 'code') await must(engine.handlers['account.activate']({ email, code: mail.code }));
    else expect(await postStatus(routes.activation, { token: tokenIn(mail.link) })).toBe(204);
    await must(engine.handlers['session.signIn']({ email, password: NEW_PASSWORD }));
  });

  it.each([
    ['code', 'all the time', offset],
    ['link', 'all the time', offset],
    ['code', 'until then', 0],
    ['link', 'until then', 0],
  ])('sets a new password by a %s of its mail when its clock was wrong %s', async (by, _when, later) => {
    const mail = await wayToNewPassword();
    skew = later;
    computer.advance(19 * MINUTE);
    if (by === 'code') await must(resetWith(mail.code));
    else {
      const proof = { token: tokenIn(mail.link) };
      expect(await postStatus(routes.resetPassword, { proof, password: NEW_PASSWORD })).toBe(204);
    }
    await must(signIn(NEW_PASSWORD));
  });

  it('takes a code for its thirty minutes, and no longer', async () => {
    const { code } = await wayToNewPassword();
    computer.advance(30 * MINUTE);
    expect(await kindOf(resetWith(code))).toBe('link_invalid');
  });
});
