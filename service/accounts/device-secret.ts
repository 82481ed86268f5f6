import type { Trx } from '../store/schema.ts';
import { newDeviceSecret } from './tokens.ts';

/**
 * The secret of an account that its devices seal the key of their data with (32 random bytes in base64url). It is made at the
 * first sign-in, whatever the account's age, and stays as long as the account: what was sealed with another could not be opened
 * any more. Of two sign-ins at once the first one's is kept, and both answer it.
 */
export async function deviceSecretOf(trx: Trx, accountKey: number): Promise<string> {
  await trx
    .insertInto('device_secrets')
    .values({ account_key: accountKey, secret: newDeviceSecret() })
    .onConflict((c) => c.column('account_key').doNothing())
    .execute();
  const { secret } = await trx
    .selectFrom('device_secrets')
    .select('secret')
    .where('account_key', '=', accountKey)
    .executeTakeFirstOrThrow();
  return secret;
}
