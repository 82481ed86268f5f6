import assert from 'node:assert/strict';
import { newId } from '#shared/domain/ids.ts';
import { routes } from '#shared/protocol/routes.ts';
import { group } from '../case.ts';
import { ask, refused } from '../http.ts';
import {
  applicant,
  askForMail,
  enter,
  leaveAfterwards,
  look,
  member,
  PASSWORD,
  refusedEither,
  refusedProof,
  setPassword,
  signInAs,
  someone,
} from '../newcomer.ts';
import { pullPath } from '../replica.ts';
import type { World } from '../world.ts';

/** As long as the way to a new password is good. */
const HALF_AN_HOUR_SECONDS = 1800;
const NEW_PASSWORD = 'un tout autre, 5';

/** Somebody who has forgotten their password, with the mail that came. */
async function forgetful(world: World) {
  const { mailbox } = world;
  const login = await member(world);
  await askForMail(world, routes.resetMail, login.email);
  return { login, proof: await mailbox.proof(login.email, 2) };
}

const tryProof = (world: World, proof: object, password = 'encore un autre, 6') =>
  world.patiently(routes.resetPassword, { proof, password });

export const newPasswords = group('A forgotten password', {
  'is replaced with the token of a mail, which ends every session': async (world) => {
    const { service } = world;
    const { login, proof } = await forgetful(world);
    const sessions = [await enter(world, login), await enter(world, login)];
    await look(proof, service, routes.resetPassword);
    await setPassword(world, login, { token: proof.token }, NEW_PASSWORD);
    for (const { accessToken: token, refreshToken } of sessions) {
      const read = await ask(service, pullPath({ replicaId: newId(), limit: 1 }), { token });
      await refused(read, 401, 'session_expired');
      await refused(await world.patiently(routes.refresh, { refreshToken }), 401, 'session_expired');
    }
    const old = await signInAs(world, { email: login.email, password: PASSWORD });
    await refused(old, 401, 'invalid_credentials');
    await enter(world, login);
  },

  'is replaced once with each mail, by its link or its code': async (world) => {
    const { login, proof } = await forgetful(world);
    const { email } = login;
    await setPassword(world, login, { email, code: proof.code }, NEW_PASSWORD);
    await refusedEither((again) => tryProof(world, again), email, proof, 'used');
    await enter(world, login);
  },

  'is replaced within 30 minutes': async (world) => {
    world.needsPatienceFor(HALF_AN_HOUR_SECONDS);
    const { login, proof } = await forgetful(world);
    await world.pass(HALF_AN_HOUR_SECONDS);
    await refusedEither((late) => tryProof(world, late), login.email, proof, 'expired');
    await enter(world, login);
  },

  'is replaced by no weak one, which does not use the link up': async (world) => {
    const { login, proof } = await forgetful(world);
    const weak = await refused(await tryProof(world, { token: proof.token }, 'abc'), 422, 'weak_password');
    assert.ok(weak.passwordProblems?.includes('too_short'));
    await refusedProof(await world.patiently(routes.activation, { token: proof.token }));
    await setPassword(world, login, { token: proof.token }, NEW_PASSWORD);
  },

  'is asked for with the same answer for an account, a sign-up that waits, and nobody': async (world) => {
    const { mailbox } = world;
    const { email: known } = await member(world);
    const { email: waiting, login } = await applicant(world);
    const answers = [];
    for (const email of [known, waiting, someone()])
      answers.push(await askForMail(world, routes.resetMail, email));
    assert.deepEqual(answers, [answers[0], answers[0], answers[0]]);
    // Whoever waits for their activation gets that.
    const { token } = await mailbox.proof(waiting, 2);
    await refusedProof(await tryProof(world, { token }));
    const activation = await world.patiently(routes.activation, { token });
    assert.equal(activation.status, 204);
    leaveAfterwards(world, login);
  },
});
