import { toInstant } from '#shared/domain/time.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/open.ts';
import { lockAccount, writeEntities, type EntityWrite } from './write-entities.ts';

const DAY_MS = 86_400_000;
/** How long a rejection repeats the value that stood; the rejection itself stays. */
const PRESENT_DAYS = 180;
const DELETIONS_PER_TRANSACTION = 1000;

/**
 * Forgets deletions older than `days`. Cursors from before the newest of them then answer `cursor_expired`.
 * Returns how many were forgotten.
 */
export async function purgeTombstones(store: Store, clock: Clock, days: number): Promise<number> {
  const cutoff = toInstant(clock.now() - days * DAY_MS);
  return store.db.transaction().execute(async (trx) => {
    const newest = await trx
      .selectFrom('entities')
      .select((e) => ['account_key', e.fn.max('rev').as('rev')])
      .where('deleted_at', 'is not', null)
      .where('deleted_at', '<', cutoff)
      .groupBy('account_key')
      .execute();
    for (const { account_key, rev } of newest) {
      await trx.updateTable('accounts').set({ purged_rev: rev }).where('key', '=', account_key).execute();
    }
    const { numDeletedRows } = await trx
      .deleteFrom('entities')
      .where('deleted_at', 'is not', null)
      .where('deleted_at', '<', cutoff)
      .executeTakeFirst();
    return Number(numDeletedRows);
  });
}

/** Deletes what has outlived its time (see expiry.ts): replicas learn it as any other deletion. Returns how many entities. */
export async function deleteExpired(
  store: Store,
  clock: Clock,
  poke: (accountKey: number) => void,
): Promise<number> {
  const due = toInstant(clock.now());
  const accounts = await store.db
    .selectFrom('entities')
    .select('account_key')
    .distinct()
    .where('expires_at', 'is not', null)
    .where('expires_at', '<=', due)
    .execute();
  let total = 0;
  for (const { account_key: key } of accounts) {
    let deleted: number;
    do {
      deleted = await deleteSome(store, key, due, clock.now());
      total += deleted;
    } while (deleted === DELETIONS_PER_TRANSACTION);
    poke(key);
  }
  return total;
}

/** Asked again under the account's lock: a basket may have been brought back since. */
async function deleteSome(store: Store, accountKey: number, due: string, now: number): Promise<number> {
  return store.db.transaction().execute(async (trx) => {
    const account = await lockAccount(store, trx, accountKey);
    const expired = await trx
      .selectFrom('entities')
      .select(['type', 'id'])
      .where('account_key', '=', accountKey)
      .where('expires_at', 'is not', null)
      .where('expires_at', '<=', due)
      .limit(DELETIONS_PER_TRANSACTION)
      .execute();
    await writeEntities(
      store,
      trx,
      account,
      expired.map((entity) => ({ op: 'del', ...entity }) as EntityWrite),
      now,
    );
    return expired.length;
  });
}

/** Lets go of the values that old rejections repeat. Returns of how many. */
export async function forgetPresents(store: Store, clock: Clock): Promise<number> {
  const { numUpdatedRows } = await store.db
    .updateTable('mutations')
    .set({ present: null })
    .where('present', 'is not', null)
    .where('taken_at', '<', toInstant(clock.now() - PRESENT_DAYS * DAY_MS))
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
