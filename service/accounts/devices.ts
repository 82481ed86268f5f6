import type { Instant } from '#shared/domain/time.ts';
import type { SignInRequest } from '#shared/protocol/sessions.ts';
import type { Trx } from '../store/schema.ts';

/** Notes that an account is used on a device. `first` is the first of all: whoever opens an account does so on a device that is theirs. */
export async function meetDevice(
  trx: Trx,
  accountKey: number,
  device: SignInRequest['device'],
  at: Instant,
): Promise<'first' | 'new' | 'known'> {
  const anyBefore = await trx
    .selectFrom('known_devices')
    .select('first_seen_at')
    .where('account_key', '=', accountKey)
    .limit(1)
    .executeTakeFirst();
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('known_devices')
    .values({
      account_key: accountKey,
      device_name: device.name,
      device_platform: device.platform,
      first_seen_at: at,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  if (!numInsertedOrUpdatedRows) return 'known';
  return anyBefore ? 'new' : 'first';
}
