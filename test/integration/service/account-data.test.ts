import { afterAll, beforeAll, expect, it } from 'vitest';
import { AccountData, ConsentHistory } from '#shared/protocol/account.ts';
import { routes } from '#shared/protocol/routes.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { device, expectError, manualClock } from './client.ts';
import { Device } from './device.ts';
import { Owner, PASSWORD } from './owner.ts';

const clock = manualClock();
let running: RunningService;
beforeAll(async () => {
  running = await startService({ clock, limits: { exportsPerMinute: 3 } });
});
afterAll(() => running.close());

it('tells the owner what is kept of them, and no secret', async () => {
  const owner = await Owner.of(running);
  const opened = new Date(clock.now()).toISOString();
  const other = await owner.again();
  await owner.ask(routes.currentSession, { method: 'DELETE' }, other);
  await new Device(running.url, owner.session.accessToken).push([
    'consent.set',
    { purpose: 'offers_email', granted: true },
  ]);
  clock.advance(1000);
  const json = { password: PASSWORD, newPassword: 'Clef-de-douze-1', endOtherSessions: false };
  await owner.ask(routes.accountPassword, { json });
  const response = await owner.ask(routes.accountData);
  const text = await response.text();
  const data = AccountData.parse(JSON.parse(text));
  const passwordChangedAt = new Date(clock.now()).toISOString();
  expect(data.account).toEqual({
    id: owner.id,
    email: owner.email,
    createdAt: opened,
    activatedAt: opened,
    passwordChangedAt,
  });
  expect(data.sessions.map(({ current, endedAt }) => [current, endedAt]).sort()).toEqual([
    [false, opened],
    [true, undefined],
  ]);
  expect(data.sessions[0]).toMatchObject({ deviceName: device.name, platform: 'linux' });
  expect(data.consents).toMatchObject([{ purpose: 'offers_email', granted: true, source: 'app' }]);
  // It waits to be sent.
  expect(data.mails).toEqual([]);
  expect(text).not.toMatch(/argon2|hash|oat_|ort_|127\.0\.0\.1/);

  const history = await owner.ask(routes.accountConsents);
  expect(ConsentHistory.parse(await history.json()).choices).toEqual(data.consents);

  for (let i = 0; i < 2; i += 1) expect((await owner.ask(routes.accountData)).status).toBe(200);
  await expectError(await owner.ask(routes.accountData), 429, 'throttled');
});
