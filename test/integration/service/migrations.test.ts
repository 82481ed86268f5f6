import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqlite } from '#service/store/dialect.ts';
import { migrate } from '#service/store/migrate.ts';
import { accounts } from '#service/store/migrations/0001-accounts.ts';
import { feed } from '#service/store/migrations/0002-feed.ts';
import { sessions } from '#service/store/migrations/0003-sessions.ts';
import { documents } from '#service/store/migrations/0004-documents.ts';
import { changes } from '#service/store/migrations/0005-changes.ts';
import { phones } from '#service/store/migrations/0006-phones.ts';
import { signUp } from '#service/store/migrations/0007-sign-up.ts';
import { openStore } from '#service/store/open.ts';
import type { Tables } from '#service/store/schema.ts';
import { newId } from '#shared/domain/ids.ts';
import { Profile } from '#shared/domain/profile.ts';
import { aProfile } from '#test/support/entities.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const beforePhones = [accounts, feed, sessions, documents];

const profiles = [
  { key: 1, id: newId(), phone: '+33639980142' },
  { key: 2, id: newId(), phone: '+33 4 65 71 01 63' },
  { key: 3, id: newId(), phone: 'call my brother' },
  { key: 4, id: newId(), phone: undefined },
];

/** A database as the version before left it: profiles with one telephone number. */
async function before(): Promise<void> {
  const db = new Kysely<Tables>({ dialect: sqlite.open(join(folder, 'accounts.db')) });
  await migrate(db, sqlite, beforePhones);
  for (const { key, id, phone } of profiles) {
    await db
      .insertInto('accounts')
      .values({
        key,
        id,
        email: `${key}@example.org`,
        password_hash: '',
        kind: 'private',
        display_name: '',
        locale: 'fr',
        rev: 7,
        purged_rev: 0,
        created_at: '2026-01-01T00:00:00.000Z',
      })
      .execute();
    const value = { ...aProfile(), phone };
    await db
      .insertInto('entities')
      .values({
        account_key: key,
        type: 'profile',
        id,
        rev: 3,
        place: `0${id}`,
        change: JSON.stringify({ op: 'put', type: 'profile', id, rev: 3, value }),
        deleted_at: null,
      })
      .execute();
  }
  await db.destroy();
}

describe('wrong codes that were typed before', () => {
  const at = (minute: number) => `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`;

  async function beforeCountedWithProofs(): Promise<void> {
    const db = new Kysely<Tables>({ dialect: sqlite.open(join(folder, 'accounts.db')) });
    await migrate(db, sqlite, [...beforePhones, changes, phones, signUp]);
    const proof = (tokenHash: string, recipient: string, purpose: string, minute: number) =>
      sql`insert into mail_proofs (token_hash, code_hash, asked, purpose, recipient, network, mailed, created_at, expires_at)
          values (${tokenHash}, '', 'reset', ${purpose}, ${recipient}, '', 1, ${at(minute)}, ${at(59)})`.execute(
        db,
      );
    const wrong = (recipient: string, purpose: string, minute: number) =>
      sql`insert into wrong_codes (recipient, purpose, at) values (${recipient}, ${purpose}, ${at(minute)})`.execute(
        db,
      );
    await proof('older', 'zoe', 'reset', 1);
    await proof('newer', 'zoe', 'reset', 10);
    await proof('other purpose', 'zoe', 'activation', 1);
    await proof('other mailbox', 'ali', 'reset', 1);
    for (const minute of [2, 3, 4, 5, 11]) await wrong('zoe', 'reset', minute);
    await wrong('zoe', 'activation', 0);
    await db.destroy();
  }

  it('count for the mails that were there already, and for no others', async () => {
    await beforeCountedWithProofs();
    const store = await openStore(folder);
    const rows = await store.db.selectFrom('mail_proofs').select(['token_hash', 'wrong_codes']).execute();
    await store.close();
    expect(Object.fromEntries(rows.map((row) => [row.token_hash, row.wrong_codes]))).toEqual({
      older: 5,
      newer: 1,
      'other purpose': 0,
      'other mailbox': 0,
    });
  });
});

it('a telephone number of version 1 becomes a list, as a change that devices read', async () => {
  await before();
  const store = await openStore(folder);
  const rows = await store.db
    .selectFrom('entities')
    .innerJoin('accounts', 'accounts.key', 'entities.account_key')
    .select(['entities.rev', 'accounts.rev as accountRev', 'change'])
    .orderBy('account_key')
    .execute();
  await store.close();
  const changed = rows.map(({ rev, accountRev, change }) => {
    const { value, ...envelope } = JSON.parse(change);
    expect(envelope.rev).toBe(rev);
    expect(value).not.toHaveProperty('phone');
    return [rev, accountRev, Profile.parse(value).phones?.map(({ kind, number }) => [kind, number])];
  });
  expect(changed).toEqual([
    [8, 8, [['mobile', '+33639980142']]],
    [8, 8, [['home', '+33465710163']]],
    [8, 8, undefined],
    [3, 7, undefined],
  ]);
});
