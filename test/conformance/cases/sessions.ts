import assert from 'node:assert/strict';
import { newId } from '#shared/domain/ids.ts';
import { routes } from '#shared/protocol/routes.ts';
import { Tokens } from '#shared/protocol/sessions.ts';
import { group } from '../case.ts';
import { answered, ask, refused } from '../http.ts';
import { pullPath } from '../replica.ts';
import { device, signIn } from '../world.ts';

const works = async (service: string, token: string): Promise<boolean> =>
  (await ask(service, pullPath({ replicaId: newId(), limit: 1 }), { token })).status === 200;

const refresh = (service: string, refreshToken: string): Promise<Response> =>
  ask(service, routes.refresh, { json: { refreshToken } });

export const sessions = group('Sessions', {
  'open with the right password and say whose they are': async ({ service, one, other }) => {
    assert.equal(one.session.account.email.toLowerCase(), one.login.email.toLowerCase());
    assert.notEqual(one.session.account.id, other.session.account.id);
    assert.equal(one.elsewhere.account.id, one.session.account.id);
    assert.notEqual(one.elsewhere.accessToken, one.session.accessToken);
    assert.ok(await works(service, one.session.accessToken));
  },

  'answer a wrong password and an unknown address alike': async ({ service, one }) => {
    const attempt = (email: string) =>
      ask(service, routes.signIn, { json: { email, password: 'certainly not this one', device } });
    const wrong = await refused(await attempt(one.login.email), 401, 'invalid_credentials');
    const unknown = await refused(
      await attempt(`${newId()}@conformance.example`),
      401,
      'invalid_credentials',
    );
    assert.equal(unknown.message, wrong.message);
  },

  'replace both tokens at a refresh, with the same successor when the answer got lost': async ({
    service,
    one,
  }) => {
    const session = await signIn(service, one.login);
    const first = await answered(Tokens, await refresh(service, session.refreshToken));
    const again = await answered(Tokens, await refresh(service, session.refreshToken));
    assert.notEqual(first.refreshToken, session.refreshToken);
    assert.equal(again.refreshToken, first.refreshToken);
    assert.ok(await works(service, again.accessToken));
  },

  'tell an account one device secret, at sign-in only': async ({ service, one, other }) => {
    const session = await signIn(service, one.login);
    assert.equal(session.deviceSecret, one.session.deviceSecret);
    assert.equal(one.elsewhere.deviceSecret, one.session.deviceSecret);
    assert.notEqual(other.session.deviceSecret, one.session.deviceSecret);
    const anything = { parse: (value: unknown) => value as object };
    const refreshed = await answered(anything, await refresh(service, session.refreshToken));
    assert.ok(!('deviceSecret' in refreshed), 'a refresh told the device secret');
  },

  'end for everybody when a spent refresh token comes back after its successor was used': async ({
    service,
    one,
  }) => {
    const session = await signIn(service, one.login);
    const next = await answered(Tokens, await refresh(service, session.refreshToken));
    const last = await answered(Tokens, await refresh(service, next.refreshToken));
    await refused(await refresh(service, session.refreshToken), 401, 'session_expired');
    assert.ok(!(await works(service, last.accessToken)), 'a stolen session goes on');
    assert.ok(await works(service, one.session.accessToken), 'another session of the account ended too');
  },

  'end at sign-out': async ({ service, one }) => {
    const session = await signIn(service, one.login);
    const out = await ask(service, routes.currentSession, { method: 'DELETE', token: session.accessToken });
    assert.equal(out.status, 204);
    assert.ok(!(await works(service, session.accessToken)));
    await refused(await refresh(service, session.refreshToken), 401, 'session_expired');
  },
});
