import { cpSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, brotliDecompressSync, zstdDecompressSync } from 'node:zlib';
import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays } from '#shared/domain/calendar.ts';
import { newId, type Uuid } from '#shared/domain/ids.ts';
import type { Change } from '#shared/protocol/pull.ts';
import { PROTOCOL_HEADER } from '#shared/protocol/version.ts';
import { aProfile, anInvoice, anOrder, aVehicle } from '#test/support/entities.ts';
import { startService, type Entity, type RunningService } from '#test/support/service.ts';
import { call, expectError, manualClock, pull, pullAll, pullPath, signIn } from './client.ts';

const clock = manualClock();
let running: RunningService;
let url: string;

beforeAll(async () => {
  running = await startService({ clock, tombstoneDays: 30 });
  url = running.url;
});
afterAll(() => running.close());

let account: Uuid;
let token: string;
let orders: Uuid[];
let vehicle: Uuid;

const orderOn = (day: string, over = {}) =>
  anOrder({ placedOn: day, placedAt: `${day}T10:00:00.000Z`, ...over });
const DAYS = Array.from({ length: 12 }, (_, i) => addDays('2026-01-01', i * 7));

/** A profile, a vehicle, twelve orders a week apart with an invoice the day after each: written oldest first. */
beforeEach(async () => {
  const email = `${newId()}@example.org`;
  orders = DAYS.map(() => newId());
  vehicle = newId();
  const entities: Entity[] = [
    ...DAYS.flatMap((day, i): Entity[] => [
      { type: 'order', id: orders[i]!, value: orderOn(day, { number: `C${i}` }) },
      {
        type: 'invoice',
        id: newId(),
        value: anInvoice(orders[i]!, { issuedOn: addDays(day, 1), number: `F${i}` }),
      },
    ]),
    { type: 'vehicle', id: vehicle, value: aVehicle() },
    { type: 'profile', id: newId(), value: aProfile() },
  ];
  account = await running.createAccount({ email, password: 'right', entities });
  token = (await signIn(url, email, 'right')).accessToken;
});

const nameOf = (change: Change): string => {
  if (change.op === 'del') return `-${change.type}`;
  const value = change.value as { number?: string };
  return value.number ?? change.type;
};
const names = (pages: { changes: Change[] }[]) => pages.flatMap((page) => page.changes.map(nameOf));
const NEWEST_FIRST = DAYS.map((_, i) => 11 - i).flatMap((i) => [`F${i}`, `C${i}`]);

describe('the first read', () => {
  it('is a snapshot, newest first, with the screens filled first', async () => {
    const pages = await pullAll(url, token);
    expect(pages).toHaveLength(1);
    expect(names(pages)).toEqual(['profile', 'vehicle', ...NEWEST_FIRST]);
    expect(pages[0]).toMatchObject({ hasMore: false, lastSeq: 0, rejections: [], remaining: 0 });
    expect(pages[0]!.changes.find((change) => nameOf(change) === 'C3')).toMatchObject({
      op: 'put',
      type: 'order',
      id: orders[3],
      value: orderOn(DAYS[3]!, { number: 'C3' }),
    });
  });

  it('has baskets, notices and messages between vehicles and orders, the newest of each first', async () => {
    const at = (day: number) => `2026-05-${10 + day}T10:00:00.000Z`;
    const basket = (name: string, changedAt: string): Entity => ({
      type: 'basket',
      id: newId(),
      value: { name, isTemplate: false, lines: [], createdAt: at(0), changedAt, edits: 0 },
    });
    const entities: Entity[] = [
      { type: 'support_message', id: newId(), value: { topic: 'other', text: 'x', writtenAt: at(1) } },
      {
        type: 'notice',
        id: newId(),
        value: { kind: 'basket_kept', at: at(2), basketId: newId(), basketName: 'x' },
      },
      // A device's clock may say anything.
      basket('ancient', '0001-01-01T00:00:00.000Z'),
      basket('older', at(1)),
      basket('newer', at(2)),
      basket('future', '9999-12-31T23:59:59.999Z'),
    ];
    await running.feed.write(
      account,
      entities.map((entity) => ({ op: 'put' as const, ...entity })),
    );
    const [page] = await pullAll(url, token);
    const first = page!.changes.slice(0, 8).map((change) => {
      const { name } = (change as { value: { name?: string } }).value;
      return name ?? change.type;
    });
    expect(first).toEqual([
      'profile',
      'vehicle',
      'future',
      'newer',
      'older',
      'ancient',
      'notice',
      'support_message',
    ]);
    expect(names(await pullAll(url, token, undefined, 3)).slice(8)).toEqual(NEWEST_FIRST);
  });

  it.each([1, 5, 13, 26, 1000])('is the same in pages of %i', async (limit) => {
    const pages = await pullAll(url, token, undefined, limit);
    expect(names(pages)).toEqual(['profile', 'vehicle', ...NEWEST_FIRST]);
    expect(pages).toHaveLength(Math.ceil(26 / limit));
    expect(pages.map((page) => page.remaining)).toEqual(
      pages.map((_, i) => Math.max(0, 26 - (i + 1) * limit)),
    );
    for (const page of pages.slice(0, -1)) expect(page).not.toHaveProperty('lastSeq');
    expect(pages.at(-1)).toMatchObject({ hasMore: false, lastSeq: 0 });
  });

  it('delivers again what changes while it is read, and misses nothing', async () => {
    const first = await pull(url, token, { limit: 10 });
    const read = first.changes.at(-1)!;
    await running.feed.put(account, 'order', orders[11]!, orderOn(DAYS[11]!, { number: 'C11-changed' }));
    // From behind the place reached to before it: the snapshot will not meet it any more.
    await running.feed.put(account, 'order', orders[0]!, orderOn('2026-12-24', { number: 'C0-moved' }));
    await running.feed.delete(account, 'order', orders[1]!);
    await running.feed.delete(account, read.type as 'order', read.id);
    const rest = await pullAll(url, token, first.cursor, 10);
    const state = new Map<string, Change>();
    for (const change of [first, ...rest].flatMap((page) => page.changes)) {
      if (change.rev > (state.get(change.id)?.rev ?? 0)) state.set(change.id, change);
    }
    const now = await pullAll(url, token);
    const alive = [...state.values()].filter((change) => change.op === 'put');
    expect(new Map(alive.map((change) => [change.id, change]))).toEqual(
      new Map(now.flatMap((page) => page.changes).map((change) => [change.id, change])),
    );
    expect(names(rest)).toEqual(expect.arrayContaining(['C11-changed', 'C0-moved', '-order']));
    expect(rest.filter((page) => page.lastSeq !== undefined)).toEqual([rest.at(-1)]);
  });

  it('does not end early when things appear while it is read', async () => {
    let page = await pull(url, token, { limit: 4 });
    const seen = [...page.changes];
    for (let day = 1; page.hasMore; day += 1) {
      // Two older than everything, on every page: more than was counted when the snapshot began.
      if (day < 5)
        await running.feed.write(
          account,
          [1, 2].map((n) => ({
            op: 'put' as const,
            type: 'order' as const,
            id: newId(),
            value: orderOn(addDays('2025-06-01', -day), { number: `N${day}-${n}` }),
          })),
        );
      page = await pull(url, token, { cursor: page.cursor, limit: 4 });
      seen.push(...page.changes);
    }
    expect(names([{ changes: seen }])).toEqual(expect.arrayContaining(NEWEST_FIRST));
    expect(new Set(seen.map((change) => change.id)).size).toBe(34);
  });
});

describe('later reads', () => {
  it('are the changes in the order they were made, deletions included', async () => {
    const [page] = await pullAll(url, token);
    expect(await pull(url, token, { cursor: page!.cursor })).toMatchObject({
      changes: [],
      hasMore: false,
      lastSeq: 0,
      cursor: page!.cursor,
    });
    const rev = await running.feed.put(account, 'order', orders[2]!, orderOn(DAYS[2]!, { number: 'C2-a' }));
    await running.feed.delete(account, 'vehicle', vehicle);
    await running.feed.put(account, 'order', orders[2]!, orderOn(DAYS[2]!, { number: 'C2-b' }));
    const pages = await pullAll(url, token, page!.cursor, 1);
    expect(pages.map((one) => one.changes)).toEqual([
      [{ op: 'del', type: 'vehicle', id: vehicle, rev: rev + 1 }],
      [expect.objectContaining({ op: 'put', type: 'order', id: orders[2], rev: rev + 2 })],
    ]);
    expect(pages.map((one) => [one.hasMore, one.remaining, one.lastSeq])).toEqual([
      [true, 1, undefined],
      [false, 0, 0],
    ]);
  });

  it('ignore deleting what is not there', async () => {
    const [page] = await pullAll(url, token);
    await running.feed.delete(account, 'vehicle', newId());
    await running.feed.delete(account, 'vehicle', vehicle);
    await running.feed.delete(account, 'vehicle', vehicle);
    const [delta] = await pullAll(url, token, page!.cursor);
    expect(delta!.changes).toHaveLength(1);
  });

  it('answer 410 once a deletion that the cursor has not seen is forgotten', async () => {
    const [before] = await pullAll(url, token);
    const half = await pull(url, token, { limit: 5 });
    await running.feed.delete(account, 'vehicle', vehicle);
    const [after] = await pullAll(url, token, before!.cursor);
    clock.advance(29 * 86_400_000);
    await running.service.tidy();
    token = (await refreshedToken()).accessToken;
    expect((await pull(url, token, { cursor: before!.cursor })).changes).toHaveLength(1);
    clock.advance(2 * 86_400_000);
    await running.service.tidy();
    token = (await refreshedToken()).accessToken;
    await expectError(
      await call(url, pullPath({ cursor: before!.cursor }), { token }),
      410,
      'cursor_expired',
    );
    await expectError(await call(url, pullPath({ cursor: half.cursor }), { token }), 410, 'cursor_expired');
    expect(await pull(url, token, { cursor: after!.cursor })).toMatchObject({ changes: [], hasMore: false });
    expect(names(await pullAll(url, token))).toEqual(['profile', ...NEWEST_FIRST]);
  });

  /** The session outlives its access token: sign in again as the same account. */
  async function refreshedToken() {
    const { email } = await running.service.store.db
      .selectFrom('accounts')
      .select('email')
      .where('id', '=', account)
      .executeTakeFirstOrThrow();
    return signIn(url, email, 'right');
  }
});

describe('a cursor', () => {
  it('that is garbled, forged or of another account sends back to the start', async () => {
    const { cursor } = await pull(url, token, { limit: 3 });
    const [payload, mac] = cursor.split('.') as [string, string];
    const forged = Buffer.from(
      Buffer.from(payload, 'base64url')
        .toString()
        .replace(/"start":\d+/, '"start":0'),
    ).toString('base64url');
    const flipped = `${payload.slice(0, -1)}${payload.endsWith('A') ? 'B' : 'A'}.${mac}`;
    for (const bad of [
      'x',
      '.',
      '..',
      payload,
      `${payload}.`,
      `${forged}.${mac}`,
      flipped,
      `${cursor}.x`,
      '💥',
    ])
      await expectError(await call(url, pullPath({ cursor: bad }), { token }), 410, 'cursor_expired');
    await running.createAccount({ email: `other-${account}@example.org`, password: 'right' });
    const other = await signIn(url, `other-${account}@example.org`, 'right');
    await expectError(
      await call(url, pullPath({ cursor }), { token: other.accessToken }),
      410,
      'cursor_expired',
    );
  });

  it('from a later state than an untold backup sends back to the start', async () => {
    const own = await startService();
    const id = await own.createAccount({ email: 'a@example.org', password: 'right' });
    const token = (await signIn(own.url, 'a@example.org', 'right')).accessToken;
    await own.service.close();
    cpSync(join(own.dataDir, 'accounts.db'), join(own.dataDir, 'backup'));
    const same = await startService({ dataDir: own.dataDir });
    await same.feed.put(id, 'order', newId(), anOrder());
    const after = (await pullAll(same.url, token)).at(-1);
    await same.close();
    for (const end of ['-wal', '-shm']) rmSync(join(own.dataDir, `accounts.db${end}`), { force: true });
    renameSync(join(own.dataDir, 'backup'), join(own.dataDir, 'accounts.db'));
    const setBack = await startService({ dataDir: own.dataDir });
    await expectError(
      await call(setBack.url, pullPath({ cursor: after?.cursor }), { token }),
      410,
      'cursor_expired',
    );
    await setBack.close();
    rmSync(own.dataDir, { recursive: true });
  });

  it('from before a restore sends back to the start, where the epoch is another', async () => {
    const own = await startService();
    const id = await own.createAccount({ email: 'a@example.org', password: 'right' });
    const before = await pull(own.url, (await signIn(own.url, 'a@example.org', 'right')).accessToken);
    await own.service.close();
    const same = await startService({ dataDir: own.dataDir });
    const session = await signIn(same.url, 'a@example.org', 'right');
    expect(await pull(same.url, session.accessToken, { cursor: before.cursor })).toMatchObject({
      epoch: before.epoch,
    });
    await same.close();
    const restored = await startService({ dataDir: own.dataDir, restored: true });
    const again = await signIn(restored.url, 'a@example.org', 'right');
    expect(again.account.id).toBe(id);
    await expectError(
      await call(restored.url, pullPath({ cursor: before.cursor }), { token: again.accessToken }),
      410,
      'cursor_expired',
    );
    expect((await pull(restored.url, again.accessToken)).epoch).not.toBe(before.epoch);
    await restored.close();
    rmSync(own.dataDir, { recursive: true });
  });
});

describe('the query', () => {
  it.each([
    'limit=0',
    'limit=1001',
    'limit=1.5',
    'limit=x',
    'ackSeq=-1',
    `cursor=${'c'.repeat(501)}`,
    'cursor=',
    'extra=1',
  ])('refuses %s', async (part) => {
    await expectError(await call(url, `${pullPath({})}&${part}`, { token }), 400, 'invalid_request');
  });

  it('needs a replica', async () => {
    await expectError(await call(url, pullPath({ replicaId: 'me' }), { token }), 400, 'invalid_request');
  });
});

describe('a page', () => {
  /** fetch() hides how the bytes came; this does not. */
  const raw = (accept: string | undefined) =>
    new Promise<{ encoding: string | undefined; vary: string | undefined; bytes: Buffer }>(
      (resolve, reject) => {
        const headers = {
          authorization: `Bearer ${token}`,
          [PROTOCOL_HEADER]: '1',
          ...(accept === undefined ? {} : { 'accept-encoding': accept }),
        };
        request(`${url}${pullPath({})}`, { headers }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({
              encoding: response.headers['content-encoding'],
              vary: response.headers.vary,
              bytes: Buffer.concat(chunks),
            }),
          );
        })
          .on('error', reject)
          .end();
      },
    );
  const decoders = { gzip: gunzipSync, br: brotliDecompressSync, zstd: zstdDecompressSync };

  it.each([
    ['gzip, deflate', 'gzip'],
    ['gzip, br', 'br'],
    ['gzip, deflate, br, zstd', 'zstd'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
  ] as const)('is compressed for a client that sends "%s"', async (accept, encoding) => {
    const plain = await raw(undefined);
    const packed = await raw(accept);
    expect([plain.encoding, packed.encoding]).toEqual([undefined, encoding]);
    expect(packed.vary).toBe('accept-encoding');
    expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 3);
    expect(decoders[encoding](packed.bytes).toString()).toBe(plain.bytes.toString());
  });

  it.each(['identity', 'gzip;q=0', 'compress', 'gzip;q=0.5, identity'])('is not for "%s"', async (accept) => {
    expect((await raw(accept)).encoding).toBeUndefined();
  });

  it('stays bounded in bytes, whatever its entities weigh', async () => {
    const notes = 'n'.repeat(4000);
    const heavy = (n: number) => ({
      ...anOrder().lines[0]!,
      id: `0192b1c4-7d3e-7a55-8c1d-${String(n).padStart(12, '0')}`,
      name: notes.slice(0, 200),
    });
    const lines = Array.from({ length: 500 }, (_, n) => heavy(n));
    await running.feed.write(
      account,
      Array.from({ length: 60 }, (_, n) => ({
        op: 'put' as const,
        type: 'order' as const,
        id: newId(),
        value: anOrder({ lines, number: `H${n}` }),
      })),
    );
    const pages = await pullAll(url, token, undefined, 1000);
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) expect(JSON.stringify(page).length).toBeLessThan(8.5 * 1024 * 1024);
    expect(names(pages).filter((name) => name.startsWith('H'))).toHaveLength(60);
  });
});
