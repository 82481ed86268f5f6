import { done, failed, type Result } from '../failures.ts';
import type { Store } from '../store/open.ts';
import type { Passwords } from './passwords.ts';
import type { Throttle } from './throttle.ts';

export interface ConfirmParts {
  store: Store;
  passwords: Passwords;
  throttle: Throttle;
}

/** An account whose password was just given again. */
export interface Owner {
  key: number;
  id: string;
  email: string;
  locale: 'fr' | 'en';
  /** Of that password: when it is another one at the time of writing, somebody else was faster. */
  passwordHash: string;
}

/**
 * Asks for the password again, before what a stranger at an open screen must not do. Wrong ones wait longer and longer, together with
 * those of sign-in, and the session goes on.
 */
export async function confirmPassword(
  { store, passwords, throttle }: ConfirmParts,
  accountKey: number,
  password: string,
  address: string,
): Promise<Result<Owner>> {
  const account = await store.db
    .selectFrom('accounts')
    .select(['key', 'id', 'email', 'locale', 'password_hash as passwordHash'])
    .where('key', '=', accountKey)
    .executeTakeFirst();
  if (!account) return failed('session_expired', 'The account was deleted.');
  const admission = await throttle.attempt(account.email, address);
  if (!admission.ok)
    return failed('throttled', 'Too many attempts; wait before the next.', admission.waitSeconds);
  const verdict = await passwords.verify(password, account.passwordHash);
  if (verdict === 'busy') return failed('unavailable', 'Too many sign-ins at this moment.', 2);
  if (!verdict) return failed('wrong_password', 'That is not the password of this account.');
  await admission.attempt.succeeded();
  return done(account);
}
