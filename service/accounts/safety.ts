import type { AccountSafety } from '#shared/protocol/account.ts';
import { instant, type Clock } from '../clock.ts';
import type { Db } from '../store/schema.ts';

/** Policy of the shop: a password of that age is worth a gentle word. */
const OLD_PASSWORD_DAYS = 365;
const DAY_MS = 86_400_000;

/** What the service knows of an account's safety. Throws when there is no such account. */
export async function safetyOf(db: Db, clock: Clock, accountKey: number): Promise<AccountSafety> {
  const account = await db
    .selectFrom('accounts')
    .select((e) => [
      'email',
      'deletion_requested_at as requestedAt',
      'deleted_at as deletedAt',
      'password_changed_at',
      e.fn.coalesce('password_changed_at', 'created_at').as('passwordChangedAt'),
    ])
    .where('key', '=', accountKey)
    .executeTakeFirstOrThrow();
  const { email, passwordChangedAt, requestedAt, deletedAt } = account;
  const emailChange = await pendingChange(db, clock, accountKey);
  const suspiciousSignIn = await openAlarm(db, accountKey, account.password_changed_at ?? '');
  return {
    email,
    ...(emailChange ? { emailChange } : {}),
    passwordChangedAt,
    passwordIsOld: clock.now() - Date.parse(passwordChangedAt) > OLD_PASSWORD_DAYS * DAY_MS,
    ...(suspiciousSignIn ? { suspiciousSignIn } : {}),
    ...(requestedAt !== null && deletedAt !== null ? { deletion: { requestedAt, deletedAt } } : {}),
  };
}

async function pendingChange(
  db: Db,
  clock: Clock,
  accountKey: number,
): Promise<AccountSafety['emailChange']> {
  const change = await db
    .selectFrom('email_changes')
    .select(['new_email as email', 'expires_at as until', 'old_confirmed_at', 'new_confirmed_at'])
    .where('account_key', '=', accountKey)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', instant(clock))
    .executeTakeFirst();
  if (!change) return undefined;
  const { email, until, old_confirmed_at, new_confirmed_at } = change;
  return {
    email,
    until,
    confirmedByOld: old_confirmed_at !== null,
    confirmedByNew: new_confirmed_at !== null,
  };
}

/** A password that was changed since has shut out whoever it was. */
function openAlarm(db: Db, accountKey: number, since: string): Promise<AccountSafety['suspiciousSignIn']> {
  return db
    .selectFrom('suspicious_sign_ins')
    .select(['id', 'at', 'device_name as deviceName', 'reason'])
    .where('account_key', '=', accountKey)
    .where('answered_at', 'is', null)
    .where('at', '>', since)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
}
