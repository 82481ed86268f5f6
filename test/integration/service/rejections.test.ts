import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '#shared/domain/ids.ts';
import { MAX_PULL_LIMIT, PullResponse } from '#shared/protocol/pull.ts';
import { MAX_PUSH_MUTATIONS } from '#shared/protocol/push.ts';
import { routes } from '#shared/protocol/routes.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { call, signIn } from './client.ts';
import { createBasket, Device, type Change } from './device.ts';

let running: RunningService;
let device: Device;

beforeAll(async () => {
  running = await startService();
  await running.createAccount({ email: 'a@example.org', password: 'right' });
  device = new Device(running.url, (await signIn(running.url, 'a@example.org', 'right')).accessToken);
});
afterAll(() => running.close());

async function pull(ackSeq: number, cursor?: string): Promise<PullResponse> {
  const query = new URLSearchParams({ replicaId: device.replicaId, ackSeq: String(ackSeq) });
  if (cursor !== undefined) query.set('cursor', cursor);
  const response = await call(running.url, `${routes.pull}?${query.toString()}`, { token: device.token });
  expect(response.status).toBe(200);
  return PullResponse.parse(await response.json());
}

it('tells more refusals than one answer holds in several, all of them, and again to whoever has not acknowledged them', async () => {
  const refused: Change = ['basket.rename', { id: newId(), name: 'x' }];
  const count = 2 * MAX_PULL_LIMIT + 200;
  for (let at = 0; at < count; at += MAX_PUSH_MUTATIONS)
    await device.push(...Array.from({ length: MAX_PUSH_MUTATIONS }, () => refused));
  await device.push(createBasket(newId()));

  const told: number[] = [];
  let page = await pull(0);
  const sizes = [page.rejections.length];
  told.push(...page.rejections.map(({ seq }) => seq));
  while (page.hasMore) {
    // Not before all of them are told: it would empty the outbox past them.
    expect(page.lastSeq).toBeUndefined();
    page = await pull(told.at(-1) ?? 0, page.cursor);
    sizes.push(page.rejections.length);
    told.push(...page.rejections.map(({ seq }) => seq));
  }
  expect(sizes).toEqual([MAX_PULL_LIMIT, MAX_PULL_LIMIT, 200]);
  expect(told).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  expect(page.lastSeq).toBe(count + 1);

  // An answer that got lost, or a folder that was set back: they come again, from there on.
  expect((await pull(MAX_PULL_LIMIT, page.cursor)).rejections[0]?.seq).toBe(MAX_PULL_LIMIT + 1);
  expect((await pull(count, page.cursor)).rejections).toEqual([]);
});
