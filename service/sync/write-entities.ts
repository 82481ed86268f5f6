import { entitySchemas, type EntityType, type EntityValue } from '#shared/domain/entities.ts';
import type { Uuid } from '#shared/domain/ids.ts';
import { toInstant } from '#shared/domain/time.ts';
import { compileOnce } from '../store/compile-once.ts';
import type { Store } from '../store/open.ts';
import type { Trx } from '../store/schema.ts';
import { daysToLive } from './expiry.ts';
import { placeOf } from './place.ts';

export type EntityWrite =
  | { [T in EntityType]: { op: 'put'; type: T; id: Uuid; value: EntityValue<T> } }[EntityType]
  | { op: 'del'; type: EntityType; id: Uuid };
type Put = Extract<EntityWrite, { op: 'put' }>;

/** An account whose row this transaction holds: nobody else writes to it until the commit. */
export interface LockedAccount {
  key: number;
  id: Uuid;
  rev: number;
}

const DAY_MS = 86_400_000;

const lockQuery = compileOnce<LockedAccount, [accountKey: number]>((db) =>
  db
    .updateTable('accounts')
    .set((e) => ({ rev: e.ref('rev') }))
    .where('key', '=', 0)
    .returning(['key', 'id', 'rev']),
);

const putQuery = compileOnce<
  never,
  [number, type: string, Uuid, rev: number, place: string, change: string, expiresAt: string | null]
>((db) =>
  db
    .insertInto('entities')
    .values({ account_key: 0, type: '', id: '', rev: 0, place: '', change: '', expires_at: '' })
    .onConflict((c) =>
      c.columns(['account_key', 'type', 'id']).doUpdateSet((e) => ({
        rev: e.ref('excluded.rev'),
        place: e.ref('excluded.place'),
        change: e.ref('excluded.change'),
        deleted_at: e.lit(null),
        // What went on expiring keeps its first date.
        expires_at: e
          .case()
          .when('excluded.expires_at', 'is', null)
          .then(e.lit(null))
          .else(e.fn.coalesce('entities.expires_at', 'excluded.expires_at'))
          .end(),
      })),
    ),
);

const buryQuery = compileOnce<
  { rev: number },
  [rev: number, change: string, deletedAt: string, number, type: string, Uuid]
>((db) =>
  db
    .updateTable('entities')
    .set((e) => ({ rev: 0, change: '', deleted_at: '', place: e.lit(null), expires_at: e.lit(null) }))
    .where('account_key', '=', 0)
    .where('type', '=', '')
    .where('id', '=', '')
    .where('deleted_at', 'is', null)
    .returning('rev'),
);

const profileQuery = compileOnce<never, [kind: string, displayName: string, locale: string, number]>((db) =>
  db.updateTable('accounts').set({ kind: 'private', display_name: '', locale: 'fr' }).where('key', '=', 0),
);

const revQuery = compileOnce<never, [rev: number, accountKey: number]>((db) =>
  db.updateTable('accounts').set({ rev: 0 }).where('key', '=', 0),
);

/** By an update, so that the row is this transaction's until it commits, in any database. */
export async function lockAccount(store: Store, trx: Trx, key: number): Promise<LockedAccount> {
  const [account] = await lockQuery(store, trx, [key]);
  if (!account) throw new Error('No such account to write to.');
  return account;
}

/**
 * Writes entities, each with the account's next revision, in the order given; of several writes to one entity the last counts. Deleting
 * what is not there changes nothing. Returns the account's revision after it. Throws when a schema refuses a value (a bug).
 */
export async function writeEntities(
  store: Store,
  trx: Trx,
  account: LockedAccount,
  writes: Iterable<EntityWrite>,
  now: number,
): Promise<number> {
  const last = new Map<string, EntityWrite>();
  for (const write of writes) {
    const name = `${write.type}/${write.id}`;
    last.delete(name);
    last.set(name, write);
  }
  let { rev } = account;
  for (const write of last.values()) {
    if (write.op === 'put') {
      rev += 1;
      await put(store, trx, account.key, write, rev, now);
    } else if (await bury(store, trx, account.key, write, rev + 1, now)) {
      rev += 1;
    }
  }
  if (rev > account.rev) await revQuery(store, trx, [rev, account.key]);
  return rev;
}

async function put(store: Store, trx: Trx, key: number, write: Put, rev: number, now: number): Promise<void> {
  const { type, id } = write;
  const value = entitySchemas[type].parse(write.value);
  const days = daysToLive(type, value);
  const expiresAt = days === undefined ? null : toInstant(now + days * DAY_MS);
  const change = JSON.stringify({ op: 'put', type, id, rev, value });
  await putQuery(store, trx, [key, type, id, rev, placeOf(type, id, value), change, expiresAt]);
  if (write.type !== 'profile') return;
  // What sign-in says of an account follows its profile.
  const { kind, displayName, language } = write.value;
  await profileQuery(store, trx, [kind, displayName, language, key]);
}

async function bury(
  store: Store,
  trx: Trx,
  key: number,
  { type, id }: EntityWrite,
  rev: number,
  now: number,
): Promise<boolean> {
  const change = JSON.stringify({ op: 'del', type, id, rev });
  const buried = await buryQuery(store, trx, [rev, change, toInstant(now), key, type, id]);
  return buried.length > 0;
}
