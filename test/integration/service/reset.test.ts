import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import { routes } from '#shared/protocol/routes.ts';
import { mailTo, mailsTo, tokenIn } from '#test/support/mails.ts';
import { aProfile } from '#test/support/entities.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { call, device, expectError, manualClock, pullPath, refresh, signIn } from './client.ts';

const MINUTE_MS = 60_000;
const NEW = 'cheval correct, pile 4';
const clock = manualClock();
let running: RunningService;

beforeAll(async () => {
  running = await startService({ clock, trustProxy: ['127.0.0.1'] });
});
afterAll(() => running.close());
beforeEach(() => clock.advance(48 * 60 * MINUTE_MS));

let caller = 0;
const post = (path: string, json: unknown, from = `10.1.${(caller += 1) >> 8}.${caller & 255}`) =>
  call(running.url, path, { json, headers: { 'x-forwarded-for': from } });

/** An account whose owner has just asked for a new password. */
async function forgetful(email: string) {
  const id = newId();
  const value = aProfile({ email, firstName: 'Hélène', lastName: 'Morel' });
  await running.createAccount({ email, password: 'right', id, entities: [{ type: 'profile', id, value }] });
  await post(routes.resetMail, { email, language: 'fr' });
  return mailTo(running, email, 'password_reset');
}
const reset = (proof: unknown, password = NEW, from?: string) =>
  post(routes.resetPassword, { proof, password }, from);

describe('a new password', () => {
  it('takes the place of the forgotten one, ends every session and is told to the owner', async () => {
    const email = 'helene@example.org';
    const mail = await forgetful(email);
    expect(mail).toMatchObject({ minutes: 30, language: 'fr' });
    const open = [await signIn(running.url, email, 'right'), await signIn(running.url, email, 'right')];
    expect((await reset({ token: tokenIn(mail.link) })).status).toBe(204);
    for (const { accessToken, refreshToken } of open) {
      await expectError(
        await call(running.url, pullPath({}), { token: accessToken }),
        401,
        'session_expired',
      );
      await expectError(await refresh(running.url, refreshToken), 401, 'session_expired');
    }
    await expectError(
      await post(routes.signIn, { email, password: 'right', device }),
      401,
      'invalid_credentials',
    );
    expect((await signIn(running.url, email, NEW)).account.email).toBe(email);
    const told = await mailTo(running, email, 'password_changed');
    expect(told).toMatchObject({ at: new Date(clock.now()).toISOString(), language: 'fr' });
    expect(told.resetLink).toBe(`${running.url}/password-reset?lang=fr`);
  });

  it('is set once for each mail, and an older link is over with a newer one', async () => {
    const email = 'once@example.org';
    const first = await forgetful(email);
    clock.advance(2 * MINUTE_MS);
    await post(routes.resetMail, { email, language: 'fr' });
    const second = await mailTo(running, email, 'password_reset');
    expect((await reset({ email, code: second.code })).status).toBe(204);
    for (const proof of [
      { token: tokenIn(first.link) },
      { token: tokenIn(second.link) },
      { email, code: second.code },
    ]) {
      const error = await expectError(await reset(proof, 'encore un autre, 5'), 410, 'link_invalid');
      expect(error.linkProblem).toBe('used');
    }
    await signIn(running.url, email, NEW);
  });

  it('is set once also when it is sent many times at the same moment', async () => {
    const { link } = await forgetful('race@example.org');
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => reset({ token: tokenIn(link) }, `cheval correct, pile ${i}`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array<number>(7).fill(410)]);
  });

  it('can be set for 30 minutes', async () => {
    const email = 'late@example.org';
    const { link, code } = await forgetful(email);
    clock.advance(30 * MINUTE_MS - 1);
    expect((await reset({ token: tokenIn(link) }, 'abc')).status).toBe(422);
    clock.advance(1);
    for (const proof of [{ token: tokenIn(link) }, { email, code }]) {
      const error = await expectError(await reset(proof), 410, 'link_invalid');
      expect(error.linkProblem).toBe('expired');
    }
  });

  it('obeys the rule, also about its owner, and does not use the link up when it does not', async () => {
    const email = 'atelier-sud@example.org';
    const { link } = await forgetful(email);
    const token = tokenIn(link);
    for (const [password, problems] of [
      ['abc', ['too_short', 'no_digit', 'no_special']],
      ['Motdepasse-1', ['too_common']],
      ['helene-et-moi-7', ['own_data']],
      ['un-atelier-7', ['own_data']],
    ] as const) {
      const error = await expectError(await reset({ token }, password), 422, 'weak_password');
      expect(error.passwordProblems).toEqual(problems);
    }
    expect((await reset({ token })).status).toBe(204);
  });

  it('tells a stranger with a made-up proof nothing of the owner', async () => {
    await forgetful('quiet@example.org');
    for (const email of ['quiet@example.org', 'nobody@example.org']) {
      const error = await expectError(
        await reset({ email, code: 'ZZZZZZZZ' }, 'helene-et-moi-7'),
        410,
        'link_invalid',
      );
      expect(error.linkProblem).toBe('unknown');
    }
  });

  it('lets its owner in at once after twelve wrong passwords', async () => {
    const email = 'twelve@example.org';
    const { link } = await forgetful(email);
    const from = '192.0.2.77';
    let refused = 0;
    for (let i = 0; i < 12; i += 1) {
      const answer = await post(routes.signIn, { email, password: `wrong ${i}`, device }, from);
      if (answer.status === 429) refused += 1;
    }
    expect(refused).toBe(7);
    expect((await post(routes.signIn, { email, password: 'right', device }, from)).status).toBe(429);
    expect((await reset({ token: tokenIn(link) }, NEW, from)).status).toBe(204);
    expect((await post(routes.signIn, { email, password: NEW, device }, from)).status).toBe(201);
  });

  it('is set by no activation, and activates nothing', async () => {
    const { link } = await forgetful('mixed@example.org');
    await expectError(await post(routes.activation, { token: tokenIn(link) }), 410, 'link_invalid');
  });
});

it('writes to nobody about an address that it does not know', async () => {
  expect((await post(routes.resetMail, { email: 'stranger@example.org', language: 'en' })).status).toBe(202);
  expect(await mailsTo(running, 'stranger@example.org')).toEqual([]);
});

it('knows a password of the longest kind at sign-in', async () => {
  const email = 'longest@example.org';
  const { link } = await forgetful(email);
  const password = `7${'🚗'.repeat(127)}`;
  expect((await reset({ token: tokenIn(link) }, password)).status).toBe(204);
  await signIn(running.url, email, password);
});
