import { toInstant } from '#shared/domain/time.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/open.ts';

/**
 * Forgets deletions older than `days`. Cursors from before the newest of them then answer `cursor_expired`.
 * Returns how many were forgotten.
 */
export async function purgeTombstones(store: Store, clock: Clock, days: number): Promise<number> {
  const cutoff = toInstant(clock.now() - days * 86_400_000);
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
