import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeFeed } from '#service/sync/feed.ts';
import { changesPage, snapshotPage } from '#service/sync/page.ts';
import { openStore, type Store } from '#service/store/open.ts';
import { systemClock } from '#service/clock.ts';
import { newId } from '#shared/domain/ids.ts';
import { aProfile, anOrder, aVehicle } from '#test/support/entities.ts';

let folder: string;
let store: Store;
const id = newId();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
  store = await openStore(folder);
  await store.db
    .insertInto('accounts')
    .values({
      id,
      email: 'a@example.org',
      password_hash: '',
      kind: 'private',
      display_name: '',
      locale: 'en',
      rev: 0,
      purged_rev: 0,
      created_at: '2026-01-01T00:00:00.000Z',
    })
    .execute();
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** How SQLite would run it, one line a step. */
async function plan(query: string): Promise<string> {
  const { rows } = await sql<{ detail: string }>`${sql.raw(`explain query plan ${query}`)}`.execute(store.db);
  return rows.map((row) => row.detail).join('\n');
}

it('is durable, strict and keeps its references', async () => {
  const pragma = async (name: string) =>
    Object.values((await sql`${sql.raw(`pragma ${name}`)}`.execute(store.db)).rows[0]!);
  expect(await pragma('journal_mode')).toEqual(['wal']);
  expect(await pragma('synchronous')).toEqual([2]);
  expect(await pragma('foreign_keys')).toEqual([1]);
  const { rows } = await sql<{ name: string; strict: number }>`select name, strict from pragma_table_list
    where schema = 'main' and type = 'table' and name not like 'sqlite_%' and name <> 'migrations'`.execute(
    store.db,
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter((row) => row.strict !== 1)).toEqual([]);
});

it('reads pages through its indexes, without sorting', async () => {
  const page = (column: string) =>
    plan(`select count(*), max(${column}), group_concat(change, ',') from
      (select ${column}, change from entities where account_key = 1 and ${column} > 0 order by ${column} limit 500)`);
  expect(await page('rev')).toContain('USING INDEX entities_by_rev (account_key=? AND rev>?)');
  expect(await page('place')).toContain('USING INDEX entities_by_place (account_key=? AND place>?)');
  for (const column of ['rev', 'place']) expect(await page(column)).not.toContain('TEMP B-TREE');
  expect(await plan(`delete from entities where deleted_at is not null and deleted_at < '2026'`)).toContain(
    'entities_by_deletion',
  );
});

it('finds mutations, rejections and what has expired through its indexes', async () => {
  expect(
    await plan(`select seq from mutations where account_key = 1 and replica_id = 'r' and kind is not null
      and seq > 0 order by seq limit 1001`),
  ).toMatch(
    /^SEARCH mutations USING INDEX mutations_rejected \(account_key=\? AND replica_id=\? AND seq>\?\)$/,
  );
  expect(await plan(`select outcome from mutations where account_key = 1 and id = 'm' limit 1`)).toContain(
    'mutations_by_id (account_key=? AND id=?)',
  );
  expect(
    await plan(
      `select distinct account_key from entities where expires_at is not null and expires_at <= '2026'`,
    ),
  ).toContain('USING INDEX entities_by_expiry (expires_at>? AND expires_at<?)');
  expect(
    await plan(`update mutations set present = null where present is not null and taken_at < '2026'`),
  ).toContain('mutations_with_present');
});

it('joins the changes of a page in its order, whatever the order of the rows', async () => {
  const feed = makeFeed(store, systemClock, () => undefined);
  const days = Array.from({ length: 300 }, (_, i) =>
    new Date(Date.UTC(2025, 0, 1 + ((i * 7919) % 300))).toISOString(),
  );
  await feed.write(
    id,
    days.map((placedAt) => ({
      op: 'put' as const,
      type: 'order' as const,
      id: newId(),
      value: anOrder({ placedAt, placedOn: placedAt.slice(0, 10) }),
    })),
  );
  await store.db.transaction().execute(async (trx) => {
    const changes = (bytes: Buffer) =>
      JSON.parse(`[${bytes.toString()}]`) as { rev: number; value: { placedAt: string } }[];
    const snapshot = changes((await snapshotPage(store, trx, 1, '', 300)).changes);
    expect(snapshot.map((change) => change.value.placedAt)).toEqual([...days].sort().reverse());
    const since = changes((await changesPage(store, trx, 1, 100, 300)).changes);
    expect(since.map((change) => change.rev)).toEqual(Array.from({ length: 200 }, (_, i) => 101 + i));
  });
});

it('refuses a value that its schema refuses, and keeps nothing of that batch', async () => {
  const feed = makeFeed(store, systemClock, () => undefined);
  await expect(
    feed.write(id, [
      { op: 'put', type: 'vehicle', id: newId(), value: aVehicle() },
      { op: 'put', type: 'vehicle', id: newId(), value: aVehicle({ plate: '' }) },
    ]),
  ).rejects.toThrow();
  expect(await store.db.selectFrom('entities').selectAll().execute()).toEqual([]);
  await expect(feed.put(newId(), 'vehicle', newId(), aVehicle())).rejects.toThrow('No such account');
});

it('keeps what sign-in says of an account in step with its profile', async () => {
  const feed = makeFeed(store, systemClock, () => undefined);
  const profile = newId();
  await feed.put(
    id,
    'profile',
    profile,
    aProfile({ kind: 'garage', displayName: 'Garage Morel', language: 'fr' }),
  );
  const account = () =>
    store.db.selectFrom('accounts').select(['kind', 'display_name', 'locale', 'rev']).executeTakeFirst();
  expect(await account()).toEqual({ kind: 'garage', display_name: 'Garage Morel', locale: 'fr', rev: 1 });
});
