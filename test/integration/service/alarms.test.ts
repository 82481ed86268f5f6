import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import { routes } from '#shared/protocol/routes.ts';
import { SignInResponse } from '#shared/protocol/sessions.ts';
import { mailsTo } from '#test/support/mails.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { call, device, expectError, manualClock, refresh } from './client.ts';
import { Owner, PASSWORD } from './owner.ts';

const clock = manualClock();
let running: RunningService;
let owner: Owner;

beforeAll(async () => {
  running = await startService({ clock, trustProxy: ['127.0.0.1'] });
});
afterAll(() => running.close());
beforeEach(async () => {
  // A day later, every counter has been forgotten.
  clock.advance(25 * 3_600_000);
  owner = await Owner.of(running);
});

const attempt = (password: string, from: string, on: object = device) =>
  call(running.url, routes.signIn, {
    json: { email: owner.email, password, device: on },
    headers: { 'x-forwarded-for': from },
  });
async function enter(from: string, on: object = device): Promise<SignInResponse> {
  const response = await attempt(PASSWORD, from, on);
  expect(response.status).toBe(201);
  return SignInResponse.parse(await response.json());
}
const guessFromEverywhere = async (times: number) => {
  for (let i = 0; i < times; i += 1) await attempt('wrong', `198.51.100.${i}`);
};
const kinds = async () => (await mailsTo(running, owner.email)).map(({ kind }) => kind);
const answer = (id: string, mine: boolean) => owner.ask(routes.suspiciousSignIn(id), { json: { mine } });

describe('a sign-in on another device', () => {
  it('is told to the owner once, and not the very first of all', async () => {
    expect(await kinds()).toEqual([]);
    for (let i = 0; i < 2; i += 1)
      await enter('192.0.2.1', { ...device, name: 'Portable', platform: 'macos' });
    await enter('192.0.2.1', { ...device, appVersion: '0.2.0' });
    expect(await mailsTo(running, owner.email)).toMatchObject([
      {
        kind: 'new_device',
        deviceName: 'Portable',
        platform: 'macos',
        at: new Date(clock.now()).toISOString(),
      },
    ]);
    expect(await owner.safety()).not.toHaveProperty('suspiciousSignIn');
  });
});

describe('a sign-in after many failures', () => {
  it('from an address that never signed in warns the owner, by mail and in the app', async () => {
    await guessFromEverywhere(10);
    await enter('203.0.113.7', { ...device, name: 'Inconnu' });
    expect(await kinds()).toEqual(['suspicious_sign_in']);
    expect((await owner.safety()).suspiciousSignIn).toMatchObject({
      deviceName: 'Inconnu',
      reason: 'many_failures',
      at: new Date(clock.now()).toISOString(),
    });
  });

  it('is no reason to warn for less, nor from where the owner was before', async () => {
    await enter('192.0.2.1');
    await guessFromEverywhere(9);
    await enter('203.0.113.8');
    await guessFromEverywhere(12);
    await enter('192.0.2.1');
    expect(await kinds()).toEqual([]);
    expect(await owner.safety()).not.toHaveProperty('suspiciousSignIn');
  });
});

describe('a warning', () => {
  /** A session that came after many failures, and the id of the warning about it. */
  async function suspicious() {
    await guessFromEverywhere(10);
    const session = await enter('203.0.113.9', { ...device, name: 'Inconnu' });
    return { session, id: (await owner.safety()).suspiciousSignIn!.id };
  }

  it('ends when the owner says that it was them, and the session goes on', async () => {
    const { session, id } = await suspicious();
    expect((await answer(id, true)).status).toBe(204);
    expect(await owner.safety()).not.toHaveProperty('suspiciousSignIn');
    expect(await owner.works(session)).toBe(true);
    await expectError(await answer(id, false), 404, 'not_found');
  });

  it('stays until the password is changed when it was not, and that session ends', async () => {
    const { session, id } = await suspicious();
    expect((await answer(id, false)).status).toBe(204);
    expect([await owner.works(), await owner.works(session)]).toEqual([true, false]);
    expect((await owner.safety()).suspiciousSignIn).toMatchObject({ id, reason: 'reported' });
    clock.advance(1000);
    const json = { password: PASSWORD, newPassword: 'Clef-de-douze-1', endOtherSessions: true };
    expect((await owner.ask(routes.accountPassword, { json })).status).toBe(204);
    expect(await owner.safety()).not.toHaveProperty('suspiciousSignIn');
  });

  it('is unknown to other accounts, and by another id', async () => {
    const { session, id } = await suspicious();
    const stranger = await Owner.of(running);
    for (const mine of [true, false])
      await expectError(
        await stranger.ask(routes.suspiciousSignIn(id), { json: { mine } }),
        404,
        'not_found',
      );
    await expectError(await answer(newId(), true), 404, 'not_found');
    expect(await owner.works(session)).toBe(true);
    expect((await owner.safety()).suspiciousSignIn?.id).toBe(id);
  });
});

describe('a refresh token that was stolen', () => {
  it('warns the owner once, when it comes back after it was spent', async () => {
    const stolen = await owner.again();
    expect((await refresh(running.url, stolen.refreshToken)).status).toBe(200);
    clock.advance(10_001);
    for (let i = 0; i < 3; i += 1)
      await expectError(await refresh(running.url, stolen.refreshToken), 401, 'session_expired');
    expect(await kinds()).toEqual(['suspicious_sign_in']);
    expect((await owner.safety()).suspiciousSignIn).toMatchObject({
      deviceName: 'Atelier',
      reason: 'token_reuse',
    });
  });

  it('warns of nothing when only an answer was lost, or two refreshes met', async () => {
    const session = await owner.again();
    const both = await Promise.all([1, 2].map(() => refresh(running.url, session.refreshToken)));
    clock.advance(9000);
    const again = await refresh(running.url, session.refreshToken);
    expect([...both, again].map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await kinds()).toEqual([]);
  });
});
