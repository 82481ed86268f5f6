import assert from 'node:assert/strict';
import { routes } from '#shared/protocol/routes.ts';
import { group } from '../case.ts';
import { refused } from '../http.ts';
import {
  activate,
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
  signUp,
  someone,
  wish,
} from '../newcomer.ts';
import { Replica } from '../replica.ts';
import type { World } from '../world.ts';

/** As long as an activation is good. */
const DAY_SECONDS = 86_400;
const MADE_UP = { token: `omt_${'A'.repeat(43)}` };

const tryProof = (world: World, proof: object) => world.patiently(routes.activation, proof);

export const signUps = group('Signing up', {
  'opens an account with the token of its mail, and not before': async (world) => {
    const { email, login, proof } = await applicant(world);
    await refused(await signInAs(world, login), 403, 'not_activated');
    await refused(await signInAs(world, { email, password: `${PASSWORD}!` }), 401, 'invalid_credentials');
    await activate(world, { token: proof.token });
    leaveAfterwards(world, login);
    const { account, accessToken: token } = await enter(world, login);
    assert.deepEqual([account.email, account.kind], [email, 'private']);
    const replica = new Replica({ service: world.service, token });
    await replica.pull();
    const { firstName, lastName } = wish(email);
    const profile = replica.known('profile', account.id);
    assert.deepEqual([profile?.firstName, profile?.lastName], [firstName, lastName]);
  },

  'opens it with the code as people type it': async (world) => {
    const { email, login, proof } = await applicant(world);
    const code = `${proof.code.slice(0, 4)} ${proof.code.slice(4)}`.toLowerCase();
    await activate(world, { email: email.toUpperCase(), code });
    leaveAfterwards(world, login);
    await enter(world, login);
  },

  'is not finished by whoever only looks at the link': async (world) => {
    const { login, proof } = await applicant(world);
    await look(proof, world.service, routes.activation);
    await refused(await signInAs(world, login), 403, 'not_activated');
    await activate(world, { token: proof.token });
    leaveAfterwards(world, login);
  },

  'takes a link and its code once': async (world) => {
    const { email, login, proof } = await applicant(world);
    await activate(world, { token: proof.token });
    leaveAfterwards(world, login);
    await refusedEither((again) => tryProof(world, again), email, proof, 'used');
  },

  'takes a link and its code for 24 hours': async (world) => {
    world.needsPatienceFor(DAY_SECONDS);
    const { email, proof } = await applicant(world);
    await world.pass(DAY_SECONDS);
    await refusedEither((late) => tryProof(world, late), email, proof, 'expired');
  },

  'knows no proof that was made up, whoever is said to have it': async (world) => {
    const { email, proof } = await applicant(world);
    const code = proof.code === 'ABCD2345' ? 'ABCD2346' : 'ABCD2345';
    const words = new Set<string>();
    for (const unknown of [MADE_UP, { email: someone(), code }, { email, code }]) {
      const { linkProblem, message } = await refusedProof(await tryProof(world, unknown));
      assert.equal(linkProblem, 'unknown');
      words.add(message);
    }
    assert.equal(words.size, 1, 'the words tell addresses apart');
  },

  'takes no code after the fifth wrong one, but the link': async (world) => {
    const { email, login, proof } = await applicant(world);
    const wrong = ['22222222', '33333333', '44444444', '55555555', '66666666', '77777777'];
    for (const code of wrong.filter((one) => one !== proof.code).slice(0, 5))
      assert.equal((await refusedProof(await tryProof(world, { email, code }))).linkProblem, 'unknown');
    const right = await tryProof(world, { email, code: proof.code });
    assert.equal((await refusedProof(right)).linkProblem, 'unknown');
    await activate(world, { token: proof.token });
    leaveAfterwards(world, login);
  },

  'is mailed again after the wait that was told, and leaves the older link good': async (world) => {
    const { mailbox } = world;
    const email = someone();
    const { againInSeconds } = await signUp(world, wish(email));
    const older = await mailbox.proof(email);
    await world.pass(againInSeconds);
    await askForMail(world, routes.activationMail, email);
    const newer = await mailbox.proof(email, 2);
    assert.notEqual(newer.token, older.token);
    await activate(world, { token: older.token });
    leaveAfterwards(world, { email, password: PASSWORD });
    assert.equal((await refusedProof(await tryProof(world, { token: newer.token }))).linkProblem, 'used');
  },

  'belongs to the mail that it caused': async (world) => {
    const { mailbox } = world;
    const { email, login, proof } = await applicant(world);
    const other = { email, password: 'un tout autre, 5' };
    await signUp(world, wish(email, other));
    const theirs = await mailbox.proof(email, 2);
    for (const one of [login, other]) await refused(await signInAs(world, one), 403, 'not_activated');
    await activate(world, { token: theirs.token });
    leaveAfterwards(world, other);
    await enter(world, other);
    await refused(await signInAs(world, login), 401, 'invalid_credentials');
    assert.equal((await refusedProof(await tryProof(world, { token: proof.token }))).linkProblem, 'used');
  },

  'answers for an address that has an account as for one that has none, and sends its owner to a new password':
    async (world) => {
      const { mailbox } = world;
      const owner = await member(world);
      const free = await applicant(world);
      const taken = await signUp(world, wish(owner.email));
      assert.deepEqual(await signUp(world, wish(free.email)), taken);
      const proof = { token: (await mailbox.proof(owner.email, 2)).token };
      await refusedProof(await tryProof(world, proof));
      await setPassword(world, owner, proof, 'un tout autre, 5');
      await enter(world, owner);
    },

  'refuses a weak password with all that is wrong with it': async (world) => {
    const response = await world.patiently(routes.signUp, wish(someone(), { password: 'abc' }));
    const { passwordProblems } = await refused(response, 422, 'weak_password');
    for (const problem of ['too_short', 'no_digit', 'no_special'] as const)
      assert.ok(passwordProblems?.includes(problem), problem);
  },
});
