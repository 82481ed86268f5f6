import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import { EmailConfirmed } from '#shared/protocol/account.ts';
import { routes } from '#shared/protocol/routes.ts';
import { aProfile } from '#test/support/entities.ts';
import {
  EMAIL,
  Folders,
  must,
  openTestEngine,
  PASSWORD,
  until,
  type TestEngine,
} from '#test/support/engine.ts';
import { mailTo, tokenIn } from '#test/support/mails.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { call, signIn } from './client.ts';

const TEN_MINUTES = 600_000;
const folders = new Folders();
/** How far the clock of the service is from the computer's. */
let offset: number;
let running: RunningService;
let engine: TestEngine;

beforeEach(async () => {
  running = await startService({ clock: { now: () => Date.now() + offset } });
  const id = newId();
  const entities = [{ type: 'profile' as const, id, value: aProfile({ email: EMAIL }) }];
  await running.createAccount({ email: EMAIL, password: PASSWORD, id, entities });
  engine = openTestEngine({ url: running.url, folder: folders.make() });
});
afterEach(async () => {
  await engine.close();
  await running.close();
  folders.remove();
});

async function aChangeArrives(name: string): Promise<void> {
  await must(engine.handlers['baskets.create']({ name }));
  await engine.sync();
  await until(async () => {
    const rows = await running.service.store.db
      .selectFrom('entities')
      .select('change')
      .where('type', '=', 'basket')
      .execute();
    return rows.some(({ change }) => change.includes(name));
  }, name);
}

describe.each([
  ['ahead of', TEN_MINUTES],
  ['behind', -TEN_MINUTES],
])('a service whose clock is ten minutes %s the computer’s', (_where, skew) => {
  beforeEach(() => {
    offset = skew;
  });

  it('is signed in to, read and written to', async () => {
    await engine.signIn();
    await aChangeArrives('while it is wrong');
    expect((await engine.status()).state).toBe('up_to_date');
  });

  it('goes on when its clock is put right in the middle of a session', async () => {
    await engine.signIn();
    await aChangeArrives('before');
    offset = 0;
    await aChangeArrives('after');
    offset = skew;
    await aChangeArrives('wrong again');
  });

  it('has its links followed, whenever its clock is put right', async () => {
    const { accessToken: token } = await signIn(running.url, EMAIL, PASSWORD);
    const json = { password: PASSWORD, email: 'new@example.net' };
    expect((await call(running.url, routes.accountEmail, { token, json })).status).toBe(202);
    offset = 0;
    const states: string[] = [];
    for (const email of [EMAIL, 'new@example.net']) {
      const { link } = await mailTo(running, email, 'email_change');
      const response = await call(running.url, routes.emailConfirmation, { json: { token: tokenIn(link) } });
      states.push(EmailConfirmed.parse(await response.json()).state);
    }
    expect(states).toEqual(['waiting_for_new', 'done']);
  });
});
