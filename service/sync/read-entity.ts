import type { EntityType, EntityValue } from '#shared/domain/entities.ts';
import type { Uuid } from '#shared/domain/ids.ts';
import { compileOnce } from '../store/compile-once.ts';
import type { Store } from '../store/open.ts';
import type { Db, Trx } from '../store/schema.ts';

const entityQuery = compileOnce<{ change: string }, [accountKey: number, type: string, id: Uuid]>((db) =>
  db
    .selectFrom('entities')
    .select('change')
    .where('account_key', '=', 0)
    .where('type', '=', '')
    .where('id', '=', '')
    .where('deleted_at', 'is', null),
);

/** An entity of an account as it is now; undefined when there is none. */
export async function readEntity<T extends EntityType>(
  store: Store,
  runner: Db | Trx,
  accountKey: number,
  type: T,
  id: Uuid,
): Promise<EntityValue<T> | undefined> {
  const [row] = await entityQuery(store, runner, [accountKey, type, id]);
  // Written by write-entities.ts, after its schema accepted it.
  return row && (JSON.parse(row.change) as { value: EntityValue<T> }).value;
}
