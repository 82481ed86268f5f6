import assert from 'node:assert/strict';
import { newId } from '#shared/domain/ids.ts';
import type { ServiceError } from '#shared/protocol/errors.ts';
import { routes } from '#shared/protocol/routes.ts';
import { SignInResponse } from '#shared/protocol/sessions.ts';
import {
  type LinkProblem,
  MailOnItsWay,
  type MailProof,
  type SignUpRequest,
} from '#shared/protocol/sign-up.ts';
import { answered, ask, refused } from './http.ts';
import type { Proof } from './mailbox.ts';
import { device, type Login, type World } from './world.ts';

/** An address that nobody has used. */
export const someone = (): string => `${newId()}@conformance.example`;

/** Good under the rule, and about nobody. */
export const PASSWORD = 'cheval correct, pile 4';

/** A private customer who gives nothing but what is needed. */
export const wish = (email: string, over: Partial<SignUpRequest> = {}): SignUpRequest => ({
  kind: 'private',
  email,
  password: PASSWORD,
  firstName: 'Camille',
  lastName: 'Roux',
  language: 'fr',
  consents: {},
  ...over,
});

export async function signUp(world: World, request: SignUpRequest): Promise<MailOnItsWay> {
  return answered(MailOnItsWay, await world.patiently(routes.signUp, request), 202);
}

export async function askForMail(
  world: World,
  path: typeof routes.activationMail | typeof routes.resetMail,
  email: string,
): Promise<MailOnItsWay> {
  return answered(MailOnItsWay, await world.patiently(path, { email, language: 'fr' }), 202);
}

export async function activate(world: World, proof: MailProof): Promise<void> {
  const response = await world.patiently(routes.activation, proof);
  assert.equal(response.status, 204, `the activation answered ${response.status}`);
}

/** Sets the password of that login, there and in it. */
export async function setPassword(
  world: World,
  login: Login,
  proof: MailProof,
  password: string,
): Promise<void> {
  const response = await world.patiently(routes.resetPassword, { proof, password });
  assert.equal(response.status, 204, `the new password answered ${response.status}`);
  login.password = password;
}

/** Checks that a proof opens nothing, and says what is told of it. */
export async function refusedProof(response: Response): Promise<ServiceError['error']> {
  return refused(response, 410, 'link_invalid');
}

/** Checks that neither the link of a mail nor its code opens anything any more, and that it is said why. */
export async function refusedEither(
  tryProof: (proof: MailProof) => Promise<Response>,
  email: string,
  { token, code }: Proof,
  why: LinkProblem,
): Promise<void> {
  for (const proof of [{ token }, { email, code }])
    assert.equal((await refusedProof(await tryProof(proof))).linkProblem, why);
}

/** Somebody who has asked for an account, with the mail that came. */
export async function applicant(world: World): Promise<{ email: string; login: Login; proof: Proof }> {
  const email = someone();
  await signUp(world, wish(email));
  return { email, login: { email, password: PASSWORD }, proof: await world.mailbox.proof(email) };
}

/** What somebody who signs in is answered. */
export const signInAs = (world: World, { email, password }: Login): Promise<Response> =>
  world.patiently(routes.signIn, { email, password, device });

export async function enter(world: World, login: Login): Promise<SignInResponse> {
  return answered(SignInResponse, await signInAs(world, login), 201);
}

/** A new account, that is to be deleted when the case is over. */
export async function member(world: World): Promise<Login> {
  const { login, proof } = await applicant(world);
  await activate(world, { token: proof.token });
  leaveAfterwards(world, login);
  return login;
}

/** Has an account deleted when the case is over, with the password that it has by then. */
export function leaveAfterwards(world: World, login: Login): void {
  world.afterwards(async () => {
    const { accessToken: token } = await enter(world, login);
    const json = { password: login.password };
    const response = await ask(world.service, routes.accountDeletion, { token, json });
    assert.equal(response.status, 200, `the deletion answered ${response.status}`);
  });
}

/** Looks at the link as mail scanners and browsers do, and asks for the contract's path without posting. */
export async function look({ link, token }: Proof, service: string, path: string): Promise<void> {
  await fetch(link, { method: 'HEAD' });
  const page = await fetch(link);
  await page.arrayBuffer();
  assert.equal(page.status, 200, `the page that the mail leads to answered ${page.status}`);
  const got = await ask(service, `${path}?${new URLSearchParams({ token })}`, { method: 'GET' });
  assert.ok(got.status >= 400, `${path} took a GET`);
}
