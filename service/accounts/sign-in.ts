import type { SignInRequest, SignInResponse } from '#shared/protocol/sessions.ts';
import { done, failed, type Result } from '../failures.ts';
import type { Store } from '../store/open.ts';
import { normaliseEmail } from './email.ts';
import type { Passwords } from './passwords.ts';
import type { Sessions } from './sessions.ts';
import type { Throttle } from './throttle.ts';

export interface SignInParts {
  store: Store;
  passwords: Passwords;
  throttle: Throttle;
  sessions: Sessions;
}

/** Answers alike, in words and in time, for a wrong password and for an address that has no account. */
export async function signIn(
  { store, passwords, throttle, sessions }: SignInParts,
  request: SignInRequest,
  address: string,
): Promise<Result<SignInResponse>> {
  const email = normaliseEmail(request.email);
  const admission = await throttle.attempt(email, address);
  if (!admission.ok)
    return failed('throttled', 'Too many attempts; wait before the next.', admission.waitSeconds);
  const account = await store.db
    .selectFrom('accounts')
    .select(['key', 'id', 'email', 'kind', 'display_name', 'password_hash'])
    .where('email', '=', email)
    .executeTakeFirst();
  const verdict = await passwords.verify(request.password, account?.password_hash);
  if (verdict === 'busy') return failed('unavailable', 'Too many sign-ins at this moment.', 2);
  if (!verdict || !account) return failed('invalid_credentials', 'Wrong e-mail address or password.');
  await admission.attempt.succeeded();
  const { tokens } = await store.db
    .transaction()
    .execute((trx) => sessions.open(trx, account.key, request.device));
  return done({
    ...tokens,
    account: { id: account.id, kind: account.kind, email: account.email, displayName: account.display_name },
  });
}
