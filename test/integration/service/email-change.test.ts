import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import { AccountSafety, EmailConfirmed } from '#shared/protocol/account.ts';
import { routes } from '#shared/protocol/routes.ts';
import { mailsTo, mailTo, tokenIn } from '#test/support/mails.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { call, device, expectError, manualClock, pullAll } from './client.ts';
import { Owner, PASSWORD } from './owner.ts';

const DAY = 86_400_000;
const clock = manualClock();
let running: RunningService;
let owner: Owner;
let newEmail: string;

beforeAll(async () => {
  running = await startService({ clock });
});
afterAll(() => running.close());
beforeEach(async () => {
  owner = await Owner.of(running);
  newEmail = `${newId()}@example.net`;
});

async function request(email = newEmail): Promise<AccountSafety> {
  const response = await owner.ask(routes.accountEmail, { json: { password: PASSWORD, email } });
  expect(response.status).toBe(202);
  return AccountSafety.parse(await response.json());
}
const confirm = (token: string) => call(running.url, routes.emailConfirmation, { json: { token } });
const tokenFor = async (email: string) => tokenIn((await mailTo(running, email, 'email_change')).link);

/** Follows the newest link that an address got; answers what is said then. */
async function follow(email: string): Promise<string> {
  const response = await confirm(await tokenFor(email));
  expect(response.status).toBe(200);
  return EmailConfirmed.parse(await response.json()).state;
}
const problem = async (token: string) =>
  (await expectError(await confirm(token), 410, 'link_invalid')).linkProblem;
const canSignIn = async (email: string) =>
  (await call(running.url, routes.signIn, { json: { email, password: PASSWORD, device } })).status === 201;

describe('changing the e-mail address', () => {
  it('writes to both addresses, each with a link of its own', async () => {
    const { emailChange } = await request();
    expect(emailChange).toEqual({
      email: newEmail,
      until: new Date(clock.now() + DAY).toISOString(),
      confirmedByOld: false,
      confirmedByNew: false,
    });
    const [toOld, toNew] = [
      await mailTo(running, owner.email, 'email_change'),
      await mailTo(running, newEmail, 'email_change'),
    ];
    const both = { oldEmail: owner.email, newEmail, hours: 24, language: 'fr' };
    expect(toOld).toMatchObject({ role: 'old', ...both });
    expect(toNew).toMatchObject({ role: 'new', ...both });
    expect(toOld.link).toMatch(new RegExp(`^${running.url}/email-change\\?`));
    expect(toOld.link).not.toBe(toNew.link);
    const stored = JSON.stringify(
      await running.service.store.db.selectFrom('email_changes').selectAll().execute(),
    );
    for (const link of [toOld.link, toNew.link]) expect(stored).not.toContain(tokenIn(link));
  });

  it.each(['old', 'new'] as const)(
    'moves the account once both addresses have agreed, the %s one first, and sessions go on',
    async (first) => {
      const oldEmail = owner.email;
      await request();
      const [one, two] = first === 'old' ? [oldEmail, newEmail] : [newEmail, oldEmail];
      expect(await follow(one)).toBe(first === 'old' ? 'waiting_for_new' : 'waiting_for_old');
      expect((await owner.safety()).emailChange).toMatchObject({
        confirmedByOld: first === 'old',
        confirmedByNew: first === 'new',
      });
      expect(await canSignIn(newEmail)).toBe(false);
      expect(await follow(two)).toBe('done');
      expect(await owner.safety()).toMatchObject({ email: newEmail });
      expect(await owner.safety()).not.toHaveProperty('emailChange');
      expect([await canSignIn(oldEmail), await canSignIn(newEmail)]).toEqual([false, true]);
      for (const email of [oldEmail, newEmail])
        expect(await mailTo(running, email, 'email_changed')).toMatchObject({ oldEmail, newEmail });
      const changes = (await pullAll(running.url, owner.session.accessToken)).flatMap((page) => page.changes);
      expect(changes.find(({ id }) => id === owner.id)).toMatchObject({ value: { email: newEmail } });
    },
  );

  it('takes each link once, and knows a used one from an old one and from nonsense', async () => {
    await request();
    const token = await tokenFor(owner.email);
    expect(await follow(owner.email)).toBe('waiting_for_new');
    expect(await problem(token)).toBe('used');
    expect(await problem('omt_'.padEnd(47, 'A'))).toBe('unknown');
    clock.advance(DAY);
    expect(await problem(await tokenFor(newEmail))).toBe('expired');
    expect(await owner.ask(routes.account)).toMatchObject({ status: 401 });
    owner.session = await owner.again();
    expect(await owner.safety()).not.toHaveProperty('emailChange');
  });

  it('opens nothing any more once it was given up or replaced', async () => {
    await request();
    const tokens = [await tokenFor(owner.email), await tokenFor(newEmail)];
    for (let i = 0; i < 2; i += 1) {
      const response = await owner.ask(routes.accountEmail, { method: 'DELETE' });
      expect(AccountSafety.parse(await response.json())).not.toHaveProperty('emailChange');
    }
    for (const token of tokens) expect(await problem(token)).toBe('used');
    await request();
    const replaced = await tokenFor(newEmail);
    const other = `${newId()}@example.net`;
    expect((await request(other)).emailChange?.email).toBe(other);
    expect(await problem(replaced)).toBe('used');
    expect([await follow(other), await follow(owner.email)]).toEqual(['waiting_for_old', 'done']);
  });

  it('does not tell whether the new address has an account, but to whoever reads its mails', async () => {
    const stranger = await Owner.of(running);
    const told = await request(stranger.email);
    const free = await request();
    expect({ ...told.emailChange, email: '' }).toEqual({ ...free.emailChange, email: '' });
    await request(stranger.email);
    expect(await follow(owner.email)).toBe('waiting_for_new');
    expect(await problem(await tokenFor(stranger.email))).toBe('used');
    expect((await owner.safety()).email).toBe(owner.email);
    expect(await stranger.safety()).toMatchObject({ email: stranger.email });
  });

  it('does not move to an address that got an account meanwhile', async () => {
    await request();
    expect(await follow(newEmail)).toBe('waiting_for_old');
    await running.createAccount({ email: newEmail, password: 'of somebody else' });
    expect(await follow(owner.email)).toBe('waiting_for_new');
    expect((await owner.safety()).email).toBe(owner.email);
    expect(await canSignIn(owner.email)).toBe(true);
  });

  it('is refused to the address that it has, however it is written', async () => {
    const json = { password: PASSWORD, email: ` ${owner.email.toUpperCase()} ` };
    await expectError(await owner.ask(routes.accountEmail, { json }), 400, 'invalid_request');
    expect(await mailsTo(running, owner.email)).toEqual([]);
  });

  it('writes to strangers only so often a day', async () => {
    for (let i = 0; i < 5; i += 1) {
      await request(`${newId()}@example.net`);
      clock.advance(60_000);
    }
    const json = { password: PASSWORD, email: newEmail };
    const refused = await owner.ask(routes.accountEmail, { json });
    expect(Number(refused.headers.get('retry-after'))).toBe(DAY / 1000 - 300);
    await expectError(refused, 429, 'throttled');
    expect(await mailsTo(running, newEmail)).toEqual([]);
    clock.advance(DAY - 300_000);
    owner.session = await owner.again();
    await request();
  });
});
