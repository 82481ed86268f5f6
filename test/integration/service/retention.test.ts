import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId, type Uuid } from '#shared/domain/ids.ts';
import type { PullResponse } from '#shared/protocol/pull.ts';
import { aProfile } from '#test/support/entities.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { call, manualClock, pullPath, signIn } from './client.ts';
import { addOne, createBasket, Device } from './device.ts';

const DAY = 86_400_000;
let clock: ReturnType<typeof manualClock>;
let running: RunningService;
let account: Uuid;
let device: Device;

beforeEach(async () => {
  clock = manualClock();
  running = await startService({ clock });
  account = newId();
  await running.createAccount({
    email: 'a@example.org',
    password: 'right',
    id: account,
    entities: [{ type: 'profile', id: account, value: aProfile() }],
  });
  device = new Device(running.url, '');
  await pass(0);
});
afterEach(() => running.close());

/** Days go by, the hourly tidying is done, and the device has a session again. */
async function pass(days: number): Promise<void> {
  clock.advance(days * DAY);
  await running.service.tidy();
  device.token = (await signIn(running.url, 'a@example.org', 'right')).accessToken;
}

async function pull(cursor?: string): Promise<PullResponse> {
  const path = pullPath({ replicaId: device.replicaId, cursor });
  return (await (await call(running.url, path, { token: device.token })).json()) as PullResponse;
}

/** What the feed says now: of each type how many there are. */
async function alive(type: string): Promise<Uuid[]> {
  return (await pull()).changes.filter((change) => change.type === type).map(({ id }) => id);
}

describe('a deleted basket', () => {
  const at = (mutations: ReturnType<Device['make']>, moment: string) =>
    mutations.map((mutation) => ({ ...mutation, at: moment }));

  it.each(['1999-12-31T23:00:00.000Z', '2199-12-31T23:00:00.000Z'])(
    'waits 30 days by the clock of the service, whatever the device says (%s)',
    async (moment) => {
      const id = newId();
      await device.push(createBasket(id));
      await device.send(at(device.make(['basket.delete', { id }]), moment));
      await pass(29);
      expect(await alive('basket')).toEqual([id]);
      const { cursor } = await pull();
      await pass(1);
      expect(await alive('basket')).toEqual([]);
      expect((await pull(cursor)).changes).toMatchObject([{ op: 'del', type: 'basket', id }]);
      expect(await device.push(addOne(id), ['basket.restore', { id }])).toEqual(['not_found', 'not_found']);
    },
  );

  it('that was brought back stays, and waits anew when it is deleted again', async () => {
    const id = newId();
    await device.push(createBasket(id), ['basket.delete', { id }]);
    await pass(20);
    await device.push(['basket.restore', { id }]);
    await pass(20);
    expect(await alive('basket')).toEqual([id]);
    await device.push(['basket.delete', { id }]);
    await pass(29);
    expect(await alive('basket')).toEqual([id]);
    await pass(1);
    expect(await alive('basket')).toEqual([]);
  });

  it('pokes when it goes, and so do thousands', async () => {
    const ids = Array.from({ length: 1100 }, newId);
    await running.feed.write(
      account,
      ids.map((id) => ({
        op: 'put' as const,
        type: 'basket' as const,
        id,
        value: {
          name: 'x',
          isTemplate: false,
          lines: [],
          createdAt: '2026-01-01T00:00:00.000Z',
          changedAt: '2026-01-01T00:00:00.000Z',
          edits: 0,
          deletedAt: '2026-01-01T00:00:00.000Z',
        },
      })),
    );
    await pass(29);
    expect((await alive('basket')).length).toBeGreaterThan(400);
    await pass(1);
    expect(await alive('basket')).toEqual([]);
    const { last, rev } = await running.service.store.db
      .selectFrom('entities')
      .innerJoin('accounts', 'accounts.key', 'entities.account_key')
      .select((e) => [e.fn.max('entities.rev').as('last'), e.fn.max('accounts.rev').as('rev')])
      .executeTakeFirstOrThrow();
    expect(last).toBe(rev);
  });
});

it('a notice goes after 180 days, dismissed or not', async () => {
  const id = newId();
  await device.push(createBasket(id, 'a'), ['basket.rename', { id, name: 'b' }, 'other']);
  expect(await alive('notice')).toHaveLength(1);
  await pass(179);
  expect(await alive('notice')).toHaveLength(1);
  await pass(1);
  expect(await alive('notice')).toEqual([]);
});

describe('a rejection', () => {
  it('is told for ever, the value that stood for 180 days', async () => {
    const choose = (value: boolean, base?: boolean | null) =>
      ['preference.set', { name: 'invoice_email', value }, base] as const;
    expect(await device.push(choose(false), choose(true, null))).toEqual(['applied', 'conflict']);
    await pass(179);
    expect((await pull()).rejections).toMatchObject([{ seq: 2, kind: 'conflict', present: false }]);
    await pass(2);
    const { rejections } = await pull();
    expect(rejections).toMatchObject([{ seq: 2, kind: 'conflict' }]);
    expect(rejections[0]).not.toHaveProperty('present');
  });

  it('and an outcome are known for ever: what comes back years later is not run again', async () => {
    const id = newId();
    await device.push(createBasket(id));
    const late = device.make(addOne(id), ['no.such.mutation', {}]);
    const first = await device.send(late);
    await pass(3 * 365);
    expect(await device.send(late)).toEqual(first);
    const [basket] = (await pull()).changes.filter((change) => change.type === 'basket');
    expect(basket).toMatchObject({ value: { lines: [{ quantity: 1 }] } });
  });
});
