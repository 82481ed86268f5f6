import assert from 'node:assert/strict';
import { newId } from '#shared/domain/ids.ts';
import { AccountData, AccountSafety, ConsentHistory, SessionList } from '#shared/protocol/account.ts';
import { routes } from '#shared/protocol/routes.ts';
import type { SignInResponse } from '#shared/protocol/sessions.ts';
import { group } from '../case.ts';
import { answered, ask, refused } from '../http.ts';
import { pullPath } from '../replica.ts';
import { signIn, type World } from '../world.ts';

const NEW_PASSWORD = 'Clef-de-douze-1';

const works = async (service: string, { accessToken: token }: SignInResponse): Promise<boolean> =>
  (await ask(service, pullPath({ replicaId: newId(), limit: 1 }), { token })).status === 200;

async function list(service: string, { accessToken: token }: SignInResponse) {
  return (await answered(SessionList, await ask(service, routes.sessions, { token }))).sessions;
}

const idOf = async (service: string, session: SignInResponse): Promise<string> =>
  (await list(service, session)).find(({ current }) => current)!.id;

const end = (service: string, { accessToken: token }: SignInResponse, id: string): Promise<Response> =>
  ask(service, routes.session(id), { method: 'DELETE', token });

const changePassword = ({ service, one }: World, password: string, newPassword: string): Promise<Response> =>
  ask(service, routes.accountPassword, {
    token: one.session.accessToken,
    json: { password, newPassword, endOtherSessions: true },
  });

const deletion = async ({ service, one }: World, json?: object): Promise<AccountSafety> => {
  const asked = json === undefined ? { method: 'DELETE' } : { json };
  const token = one.session.accessToken;
  return answered(AccountSafety, await ask(service, routes.accountDeletion, { token, ...asked }));
};

export const account = group('An account', {
  'is told of by the service, also what is no entity': async ({ service, one }) => {
    const token = one.session.accessToken;
    const safety = await answered(AccountSafety, await ask(service, routes.account, { token }));
    assert.equal(safety.email.toLowerCase(), one.login.email.toLowerCase());
  },

  'lists its sessions, the asking one marked, and ends one from afar': async ({ service, one }) => {
    const session = await signIn(service, one.login);
    const id = await idOf(service, session);
    const seen = await list(service, one.session);
    assert.equal(seen.filter(({ current }) => current).length, 1);
    assert.equal(seen.find((other) => other.id === id)?.current, false);
    const times = seen.map(({ lastSeenAt }) => lastSeenAt);
    assert.deepEqual(times, [...times].sort().reverse(), 'the newest seen comes first');
    assert.equal((await end(service, one.session, id)).status, 204);
    assert.ok(!(await works(service, session)), 'a session that was ended goes on');
    assert.ok(await works(service, one.session));
    await refused(await end(service, one.session, id), 404, 'not_found');
  },

  'does not know the sessions of another': async ({ service, one, other }) => {
    const id = await idOf(service, other.session);
    await refused(await end(service, one.session, id), 404, 'not_found');
    assert.ok(await works(service, other.session), 'a session of another account was ended');
  },

  'does not know the warnings of another, nor any that are not there': async ({ service, one }) => {
    const path = routes.suspiciousSignIn(newId());
    const token = one.session.accessToken;
    await refused(await ask(service, path, { token, json: { mine: false } }), 404, 'not_found');
  },

  'asks for the password again before it changes': async (world) => {
    const { service, one } = world;
    const token = one.session.accessToken;
    const json = { password: 'certainly not this one' };
    await refused(await changePassword(world, json.password, NEW_PASSWORD), 403, 'wrong_password');
    await refused(await ask(service, routes.accountDeletion, { token, json }), 403, 'wrong_password');
    const email = { ...json, email: `${newId()}@conformance.example` };
    await refused(await ask(service, routes.accountEmail, { token, json: email }), 403, 'wrong_password');
    assert.ok(await works(service, one.session), 'a wrong password ended the session');
    assert.ok(await works(service, one.elsewhere), 'a wrong password ended another session');
  },

  'takes no weak password, and says what is wrong with it': async (world) => {
    const { passwordProblems } = await refused(
      await changePassword(world, world.one.login.password, 'short'),
      422,
      'weak_password',
    );
    for (const problem of ['too_short', 'no_digit', 'no_special'] as const)
      assert.ok(passwordProblems?.includes(problem), problem);
    assert.ok(await works(world.service, world.one.elsewhere), 'a weak password ended another session');
  },

  'is deleted later, and stays when that is taken back': async (world) => {
    world.afterwards(async () => {
      await deletion(world);
    });
    const first = await deletion(world, { password: world.one.login.password });
    assert.ok(first.deletion);
    assert.ok(first.deletion.deletedAt > first.deletion.requestedAt);
    const again = await deletion(world, { password: world.one.login.password });
    assert.deepEqual(again.deletion, first.deletion, 'asked again, the day moved');
    for (let i = 0; i < 2; i += 1) assert.equal((await deletion(world)).deletion, undefined);
  },

  'tells what is kept of it': async ({ service, one }) => {
    const token = one.session.accessToken;
    const data = await answered(AccountData, await ask(service, routes.accountData, { token }));
    assert.equal(data.account.id, one.session.account.id);
    const { choices } = await answered(ConsentHistory, await ask(service, routes.accountConsents, { token }));
    assert.deepEqual(data.consents, choices);
  },
});
