import type { EntityType, EntityValue } from '#shared/domain/entities.ts';
import type { Uuid } from '#shared/domain/ids.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/open.ts';
import { readEntity } from './read-entity.ts';
import { lockAccount, writeEntities, type EntityWrite } from './write-entities.ts';

/** What the service itself writes to an account; what people change comes by push.ts. Both go through write-entities.ts. */
export interface Feed {
  /**
   * In the order given, a thousand to a transaction; pokes. Deleting what is not there changes nothing.
   * Returns the account's revision after it. Throws on an unknown account or a value that its schema refuses (a bug).
   */
  write(accountId: Uuid, writes: Iterable<EntityWrite>): Promise<number>;
  put<T extends EntityType>(accountId: Uuid, type: T, id: Uuid, value: EntityValue<T>): Promise<number>;
  delete(accountId: Uuid, type: EntityType, id: Uuid): Promise<number>;
  read<T extends EntityType>(accountKey: number, type: T, id: Uuid): Promise<EntityValue<T> | undefined>;
}

const WRITES_PER_TRANSACTION = 1000;

export function makeFeed(store: Store, clock: Clock, poke: (accountKey: number) => void): Feed {
  async function keyOf(accountId: Uuid): Promise<number> {
    const account = await store.db
      .selectFrom('accounts')
      .select('key')
      .where('id', '=', accountId)
      .executeTakeFirst();
    if (!account) throw new Error('No such account to write to.');
    return account.key;
  }

  async function writeBatch(key: number, writes: EntityWrite[]): Promise<number> {
    const rev = await store.db
      .transaction()
      .execute(async (trx) =>
        writeEntities(store, trx, await lockAccount(store, trx, key), writes, clock.now()),
      );
    poke(key);
    return rev;
  }

  const feed: Feed = {
    async write(accountId, writes) {
      const key = await keyOf(accountId);
      let batch: EntityWrite[] = [];
      for (const write of writes) {
        batch.push(write);
        if (batch.length < WRITES_PER_TRANSACTION) continue;
        await writeBatch(key, batch);
        batch = [];
      }
      return writeBatch(key, batch);
    },
    put: (accountId, type, id, value) =>
      feed.write(accountId, [{ op: 'put', type, id, value } as Extract<EntityWrite, { op: 'put' }>]),
    delete: (accountId, type, id) => feed.write(accountId, [{ op: 'del', type, id }]),
    read: (accountKey, type, id) => readEntity(store, store.db, accountKey, type, id),
  };
  return feed;
}
