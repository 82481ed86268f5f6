import { entitySchemas, type EntityType, type EntityValue } from '#shared/domain/entities.ts';
import type { Uuid } from '#shared/domain/ids.ts';
import type { Profile } from '#shared/domain/profile.ts';
import { instant, type Clock } from '../clock.ts';
import type { Store } from '../store/open.ts';
import type { Trx } from '../store/schema.ts';
import { placeOf } from './place.ts';

export type EntityWrite =
  | { [T in EntityType]: { op: 'put'; type: T; id: Uuid; value: EntityValue<T> } }[EntityType]
  | { op: 'del'; type: EntityType; id: Uuid };

/** The one way to change what an account holds: every write takes the account's next revision and is poked. */
export interface Feed {
  /**
   * In the order given, a thousand to a transaction. Deleting what is not there changes nothing.
   * Returns the account's revision after it. Throws on an unknown account or a value that its schema refuses (a bug).
   */
  write(accountId: Uuid, writes: Iterable<EntityWrite>): Promise<number>;
  put<T extends EntityType>(accountId: Uuid, type: T, id: Uuid, value: EntityValue<T>): Promise<number>;
  delete(accountId: Uuid, type: EntityType, id: Uuid): Promise<number>;
  read<T extends EntityType>(accountKey: number, type: T, id: Uuid): Promise<EntityValue<T> | undefined>;
}

const WRITES_PER_TRANSACTION = 1000;
/** Eight parameters a row; SQLite takes 32,766 in a statement. */
const ROWS_PER_STATEMENT = 200;

interface Row {
  account_key: number;
  type: string;
  id: Uuid;
  rev: number;
  place: string;
  change: string;
  deleted_at: null;
}

export function makeFeed(store: Store, clock: Clock, poke: (accountKey: number) => void): Feed {
  async function insert(trx: Trx, rows: Row[]): Promise<void> {
    for (let i = 0; i < rows.length; i += ROWS_PER_STATEMENT) {
      await trx
        .insertInto('entities')
        .values(rows.slice(i, i + ROWS_PER_STATEMENT))
        .onConflict((c) =>
          c.columns(['account_key', 'type', 'id']).doUpdateSet((e) => ({
            rev: e.ref('excluded.rev'),
            place: e.ref('excluded.place'),
            change: e.ref('excluded.change'),
            deleted_at: null,
          })),
        )
        .execute();
    }
  }

  async function bury(trx: Trx, key: number, type: EntityType, id: Uuid, rev: number): Promise<boolean> {
    const { numUpdatedRows } = await trx
      .updateTable('entities')
      .set({
        rev,
        place: null,
        change: JSON.stringify({ op: 'del', type, id, rev }),
        deleted_at: instant(clock),
      })
      .where('account_key', '=', key)
      .where('type', '=', type)
      .where('id', '=', id)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  function rowOf(key: number, write: Extract<EntityWrite, { op: 'put' }>, rev: number): Row {
    const { type, id } = write;
    const value = entitySchemas[type].parse(write.value);
    return {
      account_key: key,
      type,
      id,
      rev,
      place: placeOf(type, id, value),
      change: JSON.stringify({ op: 'put', type, id, rev, value }),
      deleted_at: null,
    };
  }

  async function followProfile(trx: Trx, key: number, profile: Profile): Promise<void> {
    await trx
      .updateTable('accounts')
      .set({ kind: profile.kind, display_name: profile.displayName, locale: profile.language })
      .where('key', '=', key)
      .execute();
  }

  async function writeBatch(accountId: Uuid, writes: EntityWrite[]): Promise<{ key: number; rev: number }> {
    return store.db.transaction().execute(async (trx) => {
      // An update, so that the row is this transaction's until it commits.
      const account = await trx
        .updateTable('accounts')
        .set((e) => ({ rev: e.ref('rev') }))
        .where('id', '=', accountId)
        .returning(['key', 'rev'])
        .executeTakeFirst();
      if (!account) throw new Error('No such account to write to.');
      const { key } = account;
      let { rev } = account;
      let puts = new Map<string, Row>();
      for (const write of writes) {
        if (write.op === 'put') {
          rev += 1;
          puts.set(`${write.type}/${write.id}`, rowOf(key, write, rev));
          if (write.type === 'profile') await followProfile(trx, key, write.value);
        } else {
          await insert(trx, [...puts.values()]);
          puts = new Map();
          if (await bury(trx, key, write.type, write.id, rev + 1)) rev += 1;
        }
      }
      await insert(trx, [...puts.values()]);
      await trx.updateTable('accounts').set({ rev }).where('key', '=', key).execute();
      return { key, rev };
    });
  }

  const feed: Feed = {
    async write(accountId, writes) {
      let batch: EntityWrite[] = [];
      let last: { key: number; rev: number } | undefined;
      for (const write of writes) {
        batch.push(write);
        if (batch.length < WRITES_PER_TRANSACTION) continue;
        last = await writeBatch(accountId, batch);
        poke(last.key);
        batch = [];
      }
      if (last && batch.length === 0) return last.rev;
      last = await writeBatch(accountId, batch);
      poke(last.key);
      return last.rev;
    },
    put: (accountId, type, id, value) =>
      feed.write(accountId, [{ op: 'put', type, id, value } as Extract<EntityWrite, { op: 'put' }>]),
    delete: (accountId, type, id) => feed.write(accountId, [{ op: 'del', type, id }]),
    async read<T extends EntityType>(accountKey: number, type: T, id: Uuid) {
      const row = await store.db
        .selectFrom('entities')
        .select('change')
        .where('account_key', '=', accountKey)
        .where('type', '=', type)
        .where('id', '=', id)
        .where('deleted_at', 'is', null)
        .executeTakeFirst();
      if (!row) return undefined;
      // Written by rowOf() above, after its schema accepted it.
      return (JSON.parse(row.change) as { value: EntityValue<T> }).value;
    },
  };
  return feed;
}
