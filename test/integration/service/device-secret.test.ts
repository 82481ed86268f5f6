import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '#shared/protocol/routes.ts';
import { mailTo, tokenIn } from '#test/support/mails.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { call, refresh } from './client.ts';
import { Owner } from './owner.ts';

let running: RunningService;
beforeAll(async () => {
  running = await startService();
});
afterAll(() => running.close());

const post = (path: string, json: unknown) => call(running.url, path, { json });

async function changePassword(owner: Owner, newPassword: string): Promise<void> {
  const json = { password: owner.password, newPassword, endOtherSessions: false };
  expect((await owner.ask(routes.accountPassword, { json })).status).toBe(204);
  owner.password = newPassword;
}

async function resetPassword(owner: Owner, password: string): Promise<void> {
  await post(routes.resetMail, { email: owner.email, language: 'fr' });
  const { link } = await mailTo(running, owner.email, 'password_reset');
  expect((await post(routes.resetPassword, { proof: { token: tokenIn(link) }, password })).status).toBe(204);
  owner.password = password;
}

async function changeEmail(owner: Owner, email: string): Promise<void> {
  const asked = await owner.ask(routes.accountEmail, { json: { password: owner.password, email } });
  expect(asked.status).toBe(202);
  for (const address of [owner.email, email]) {
    const { link } = await mailTo(running, address, 'email_change');
    expect((await post(routes.emailConfirmation, { token: tokenIn(link) })).status).toBe(200);
  }
  owner.email = email;
}

describe("the secret of an account's devices", () => {
  it('is the same at each sign-in, and that of nobody else', async () => {
    const owner = await Owner.of(running);
    const other = await Owner.of(running);
    expect(owner.session.deviceSecret).toMatch(/^[\w-]{43}$/);
    expect((await owner.again()).deviceSecret).toBe(owner.session.deviceSecret);
    expect((await other.again()).deviceSecret).toBe(other.session.deviceSecret);
    expect(other.session.deviceSecret).not.toBe(owner.session.deviceSecret);
  });

  it('outlives passwords and addresses', async () => {
    const owner = await Owner.of(running);
    const { deviceSecret } = owner.session;
    await changePassword(owner, 'Clef-de-douze-1');
    expect((await owner.again()).deviceSecret).toBe(deviceSecret);
    await changeEmail(owner, `new-${owner.email}`);
    expect((await owner.again()).deviceSecret).toBe(deviceSecret);
    await resetPassword(owner, 'cheval correct, pile 4');
    expect((await owner.again()).deviceSecret).toBe(deviceSecret);
  });

  it('is in no other answer about sessions and accounts', async () => {
    const owner = await Owner.of(running);
    const { refreshToken, deviceSecret } = owner.session;
    const paths = [routes.sessions, routes.account, routes.accountData, routes.accountConsents];
    const answers = await Promise.all(paths.map((path) => owner.ask(path)));
    for (const answer of [...answers, await refresh(running.url, refreshToken)]) {
      expect(answer.status).toBe(200);
      const text = await answer.text();
      expect(text).not.toContain(deviceSecret);
      expect(text).not.toContain('deviceSecret');
    }
  });

  it('is another one for who opens an account anew under a freed address', async () => {
    const owner = await Owner.of(running);
    await running.service.store.db.deleteFrom('accounts').where('id', '=', owner.id).execute();
    await running.createAccount({ email: owner.email, password: owner.password });
    expect((await owner.again()).deviceSecret).not.toBe(owner.session.deviceSecret);
  });
});
