import { createParser } from 'eventsource-parser';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId, type Uuid } from '#shared/domain/ids.ts';
import type { Basket } from '#shared/domain/basket.ts';
import { routes } from '#shared/protocol/routes.ts';
import { PROTOCOL_HEADER } from '#shared/protocol/version.ts';
import { aProfile } from '#test/support/entities.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { call, expectError, pullPath, signIn } from './client.ts';
import { addOne, createBasket, Device } from './device.ts';

const lines: string[] = [];
let running: RunningService;
let account: Uuid;
let email: string;
let device: Device;

beforeAll(async () => {
  running = await startService({
    log: { level: 'error', stream: { write: (line) => void lines.push(line) } },
  });
});
afterAll(() => running.close());

beforeEach(async () => {
  account = newId();
  email = `${account}@example.org`;
  await running.createAccount({
    email,
    password: 'right',
    id: account,
    entities: [{ type: 'profile', id: account, value: aProfile() }],
  });
  device = new Device(running.url, (await signIn(running.url, email, 'right')).accessToken);
});

const keyOf = async (): Promise<number> =>
  (
    await running.service.store.db
      .selectFrom('accounts')
      .select('key')
      .where('id', '=', account)
      .executeTakeFirstOrThrow()
  ).key;
const basketOf = async (id: Uuid): Promise<Basket | undefined> =>
  running.feed.read(await keyOf(), 'basket', id);
const mutationsOf = async () =>
  running.service.store.db
    .selectFrom('mutations')
    .selectAll()
    .where('account_key', '=', await keyOf())
    .orderBy('seq')
    .execute();

describe('a push', () => {
  it('writes each entity once, with the next revision, and records every mutation', async () => {
    const id = newId();
    const before = await running.feed.write(account, []);
    await device.push(createBasket(id), addOne(id), addOne(id), ['no.such.mutation', {}]);
    expect(await running.feed.write(account, [])).toBe(before + 1);
    expect((await basketOf(id))?.lines[0]?.quantity).toBe(2);
    expect((await mutationsOf()).map(({ seq, outcome, kind }) => [seq, outcome, kind])).toEqual([
      [1, 'applied', null],
      [2, 'applied', null],
      [3, 'applied', null],
      [4, 'rejected', 'unknown_mutation'],
    ]);
  });

  it('keeps what sign-in says of the account in step with the profile', async () => {
    expect(await device.push(['profile.setField', { field: 'displayName', value: 'Camille L.' }])).toEqual([
      'applied',
    ]);
    expect((await signIn(running.url, email, 'right')).account.displayName).toBe('Camille L.');
  });

  it('of one replica many times at once, with other replicas between, counts each change once', async () => {
    const id = newId();
    await device.push(createBasket(id));
    const mine = device.make(...Array.from({ length: 40 }, () => addOne(id)));
    const others = Array.from({ length: 3 }, () => new Device(running.url, device.token));
    await Promise.all([
      ...Array.from({ length: 8 }, () => device.send(mine)),
      ...others.map((other) => other.push(...Array.from({ length: 20 }, () => addOne(id)))),
    ]);
    expect((await basketOf(id))?.lines[0]?.quantity).toBe(40 + 3 * 20);
    expect((await basketOf(id))?.edits).toBe(40 + 3 * 20);
  });

  it('never reports a path or a name longer than its schema allows', async () => {
    const deep = { id: newId(), name: 'x', [`k${'e'.repeat(5000)}y`]: 1 };
    const { outcomes } = await device.send(device.make(['basket.create', deep]));
    expect(outcomes[0]).toMatchObject({ outcome: 'rejected', kind: 'invalid' });
  });

  it('is limited by the rate of its address', async () => {
    const own = await startService({ limits: { requestsPerMinute: 3 } });
    await own.createAccount({ email: 'a@example.org', password: 'right' });
    const session = await signIn(own.url, 'a@example.org', 'right');
    const limited = new Device(own.url, session.accessToken);
    const noops = limited.make(...Array.from({ length: 6 }, () => ['noop', {}] as const));
    for (let i = 0; i < 3; i += 1) await limited.send(noops.slice(i, i + 1));
    const refused = await limited.post(noops.slice(3));
    const error = await expectError(refused, 429, 'throttled');
    expect(Number(refused.headers.get('retry-after'))).toBe(error.retryAfterSeconds);
    const { last_seq } = await own.service.store.db
      .selectFrom('replicas')
      .select('last_seq')
      .executeTakeFirstOrThrow();
    expect(last_seq).toBe(3);
    await own.close();
  });
});

describe('a bug in a mutator', () => {
  /** A basket that its own schema refuses, as a bug or a damaged disk would leave it. */
  async function damage(id: Uuid, field: string, json: string): Promise<void> {
    await running.service.store.db
      .updateTable('entities')
      .set({ change: sql`json_set(change, ${`$.value.${field}`}, json(${json}))` })
      .where('id', '=', id)
      .execute();
  }

  it.each([
    ['that writes what the schema refuses', 'name', '17', '"whole again"'],
    ['that throws', 'lines', '{"length":1}', '[]'],
  ])('%s is logged and told to its author, and holds back nothing', async (_what, field, broken, whole) => {
    const [good, bad] = [newId(), newId()];
    await device.push(createBasket(good), createBasket(bad));
    await damage(bad, field, broken);
    const mutations = device.make(addOne(good), addOne(bad), addOne(good));
    lines.length = 0;
    const [first] = mutations;
    const seq = (first?.seq ?? 0) + 1;
    const rejected = { seq, id: mutations[1]?.id, outcome: 'rejected', kind: 'internal' };
    // Asked again, it is what was recorded: neither run nor logged once more.
    for (let i = 0; i < 2; i += 1) {
      const { outcomes, lastSeq } = await device.send(mutations);
      expect(outcomes).toMatchObject([{ outcome: 'applied' }, rejected, { outcome: 'applied' }]);
      expect(lastSeq).toBe(seq + 1);
    }
    expect((await basketOf(good))?.lines[0]?.quantity).toBe(2);
    const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(logged).toMatchObject([
      { level: 50, msg: 'a mutator met a bug', mutation: mutations[1]?.id, name: 'basket.addLines' },
    ]);
    expect(logged[0]?.reqId).toBeDefined();
    expect(lines.join('')).not.toContain('W 712/95');

    const page = await call(running.url, pullPath({ replicaId: device.replicaId }), { token: device.token });
    expect(await page.json()).toMatchObject({ rejections: [{ seq, kind: 'internal' }], lastSeq: seq + 1 });
    await damage(bad, field, whole);
    expect(await device.push(addOne(bad))).toEqual(['applied']);
    expect((await basketOf(bad))?.lines[0]?.quantity).toBe(1);
  });
});

describe('a poke', () => {
  async function listen(token: string) {
    const abort = new AbortController();
    const response = await fetch(`${running.url}${routes.pokes}`, {
      headers: { [PROTOCOL_HEADER]: '2', authorization: `Bearer ${token}` },
      signal: abort.signal,
    });
    let count = 0;
    const parser = createParser({ onEvent: () => void (count += 1) });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    return {
      count: () => count,
      close: () => abort.abort(),
      async until(wanted: number): Promise<void> {
        while (count < wanted) {
          const { done, value } = await reader.read();
          if (done) throw new Error('the stream ended');
          parser.feed(value);
        }
      },
    };
  }

  it('goes to the other sessions once a batch, not to the one that pushed, and not for nothing', async () => {
    const other = (await signIn(running.url, email, 'right')).accessToken;
    const [own, elsewhere] = [await listen(device.token), await listen(other)];
    await own.until(1);
    await elsewhere.until(1);
    const id = newId();
    await device.push(createBasket(id), addOne(id), addOne(id));
    await elsewhere.until(2);
    await device.push(['noop', {}], ['no.such.mutation', {}]);
    // One that everybody gets, and that comes after whatever came before it.
    await running.feed.delete(account, 'vehicle', newId());
    await elsewhere.until(3);
    await own.until(2);
    expect([own.count(), elsewhere.count()]).toEqual([2, 3]);
    own.close();
    elsewhere.close();
  });
});

it('still reads to a device of version 1', async () => {
  const response = await call(running.url, pullPath({}), {
    token: device.token,
    headers: { [PROTOCOL_HEADER]: '1' },
  });
  expect(response.status).toBe(200);
  expect((await response.json()).changes).toHaveLength(1);
});
