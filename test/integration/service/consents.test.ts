import { afterAll, beforeAll, expect, it } from 'vitest';
import { consentsOf, recordConsents } from '#service/accounts/consents.ts';
import { newId } from '#shared/domain/ids.ts';
import { aProfile } from '#test/support/entities.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { signIn } from './client.ts';
import { Device } from './device.ts';

let running: RunningService;
beforeAll(async () => {
  running = await startService();
});
afterAll(() => running.close());

/** An account with a device of its own. */
async function someone() {
  const id = newId();
  const email = `${id}@example.org`;
  await running.createAccount({
    email,
    password: 'right',
    id,
    entities: [{ type: 'profile', id, value: aProfile({ email }) }],
  });
  const { accessToken } = await signIn(running.url, email, 'right');
  const { db } = running.service.store;
  const { key } = await db
    .selectFrom('accounts')
    .select('key')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return { key, device: new Device(running.url, accessToken), history: () => consentsOf(db, key) };
}
type Someone = Awaited<ReturnType<typeof someone>>;

const set = (purpose: string, granted: boolean) => ['consent.set', { purpose, granted }] as const;
const told = async ({ history }: Someone) =>
  (await history()).map(({ purpose, granted, source }) => `${source}: ${purpose} ${granted}`);

it('keeps every choice, with its moment and where it was made, newest first', async () => {
  const person = await someone();
  const { db } = running.service.store;
  await db.transaction().execute(async (trx) => {
    const choices = { offers_email: false, statistics: true };
    await recordConsents(trx, person.key, choices, 'sign_up', '2026-05-01T08:00:00.000Z');
  });
  await person.device.push(set('offers_email', true), set('offers_email', false));
  expect(await told(person)).toEqual([
    'app: offers_email false',
    'app: offers_email true',
    'sign_up: statistics true',
    'sign_up: offers_email false',
  ]);
  const [newest, , oldest] = await person.history();
  expect([newest?.at, oldest?.at]).toEqual(['2026-06-01T08:00:00.000Z', '2026-05-01T08:00:00.000Z']);
});

it('records a choice once, however often it is sent, and none that was refused or repeated', async () => {
  const person = await someone();
  const choices = person.device.make(set('partners', true), set('partners', true));
  await person.device.send(choices);
  await person.device.send(choices);
  // Seen as refused, while it is allowed: a conflict.
  expect(await person.device.push(['consent.set', { purpose: 'partners', granted: false }, null])).toEqual([
    'conflict',
  ]);
  expect(await told(person)).toEqual(['app: partners true']);
});
