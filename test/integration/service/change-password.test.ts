import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routes } from '#shared/protocol/routes.ts';
import { mailsTo, mailTo } from '#test/support/mails.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { call, device, expectError, manualClock } from './client.ts';
import { Owner, PASSWORD } from './owner.ts';

const NEW = 'Autre-2026?';
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

const change = (over: object = {}, from = '192.0.2.1') =>
  owner.ask(routes.accountPassword, {
    json: { password: PASSWORD, newPassword: NEW, endOtherSessions: false, ...over },
    headers: { 'x-forwarded-for': from },
  });
const signInWith = async (password: string) =>
  (await call(running.url, routes.signIn, { json: { email: owner.email, password, device } })).status;

describe('changing the password', () => {
  it('makes the new one the one to sign in with, and tells the owner', async () => {
    clock.advance(5000);
    const before = await owner.safety();
    const other = await owner.again();
    expect((await change()).status).toBe(204);
    expect(await signInWith(PASSWORD)).toBe(401);
    expect(await signInWith(NEW)).toBe(201);
    expect([await owner.works(), await owner.works(other)]).toEqual([true, true]);
    expect(Date.parse((await owner.safety()).passwordChangedAt)).toBe(clock.now());
    expect(Date.parse(before.passwordChangedAt)).toBe(clock.now() - 5000);
    const mail = await mailTo(running, owner.email, 'password_changed');
    expect(mail).toMatchObject({
      deviceName: 'Atelier',
      language: 'fr',
      at: new Date(clock.now()).toISOString(),
    });
    expect(mail.resetLink).toMatch(new RegExp(`^${running.url}/password-reset`));
  });

  it('ends the other sessions when that is wished, and never the asking one', async () => {
    const other = await owner.again();
    expect((await change({ endOtherSessions: true })).status).toBe(204);
    expect([await owner.works(), await owner.works(other)]).toEqual([true, false]);
  });

  it.each([
    ['Kurz-1!', ['too_short']],
    ['Ohnezahl!', ['no_digit']],
    ['Ohnezeichen1', ['no_special']],
    ['Password1!', ['too_common']],
    ['Martin+garage-1', ['own_data']],
  ] as const)('refuses %s, and changes nothing', async (newPassword, problems) => {
    const error = await expectError(await change({ newPassword }), 422, 'weak_password');
    expect(error.passwordProblems).toEqual(problems);
    expect(await signInWith(PASSWORD)).toBe(201);
    expect(await mailsTo(running, owner.email)).toEqual([]);
  });

  it('lets only one of two changes at once win', async () => {
    const answers = await Promise.all([
      change({ newPassword: 'Clef-de-douze-1' }),
      change({ newPassword: 'Clef-de-treize-2' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 403]);
    expect(await mailsTo(running, owner.email)).toHaveLength(1);
  });

  it('reminds of a password that is a year old', async () => {
    clock.advance(59 * 86_400_000);
    expect((await owner.safety().catch(() => undefined))?.passwordIsOld).toBeUndefined();
    owner.session = await owner.again();
    expect((await owner.safety()).passwordIsOld).toBe(false);
    clock.advance(306 * 86_400_000 + 1);
    owner.session = await owner.again();
    expect((await owner.safety()).passwordIsOld).toBe(true);
    expect((await change()).status).toBe(204);
    expect((await owner.safety()).passwordIsOld).toBe(false);
  });
});

describe.each([
  ['a new password', (password: string, from: string) => change({ password }, from)],
  [
    'another address',
    (password: string, from: string) =>
      owner.ask(routes.accountEmail, {
        json: { password, email: 'new@example.org' },
        headers: { 'x-forwarded-for': from },
      }),
  ],
  [
    'a deletion',
    (password: string, from: string) =>
      owner.ask(routes.accountDeletion, { json: { password }, headers: { 'x-forwarded-for': from } }),
  ],
] as const)('the password that confirms %s', (_what, ask) => {
  it('makes wrong ones wait longer and longer, and ends no session', async () => {
    for (let i = 0; i < 5; i += 1) await expectError(await ask('wrong', '192.0.2.1'), 403, 'wrong_password');
    const waits: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      const refused = await ask(PASSWORD, '192.0.2.1');
      waits.push(Number(refused.headers.get('retry-after')));
      await expectError(refused, 429, 'throttled');
      clock.advance(waits.at(-1)! * 1000);
      await expectError(await ask('wrong', '192.0.2.1'), 403, 'wrong_password');
    }
    expect(waits).toEqual([2, 4, 8]);
    // The owner, at their own address, waits for none of it.
    owner.session = await owner.again();
    expect(await owner.works()).toBe(true);
    expect((await ask(PASSWORD, '192.0.2.99')).ok).toBe(true);
  });
});
