import type { SignInRequest, SignInResponse } from '#shared/protocol/sessions.ts';
import { done, failed, type Result } from '../failures.ts';
import type { Store } from '../store/open.ts';
import { normaliseEmail } from './email.ts';
import type { Passwords } from './passwords.ts';
import type { Sessions } from './sessions.ts';
import { saltOf, type SignUps } from './sign-ups.ts';
import type { Throttle } from './throttle.ts';

export interface SignInParts {
  store: Store;
  passwords: Passwords;
  throttle: Throttle;
  sessions: Sessions;
  signUps: SignUps;
}

/**
 * Answers alike, in words and in time, for a wrong password and for an address that has no account. Only who knows the password of an account
 * that was asked for learns that it waits for its activation.
 */
export async function signIn(
  { store, passwords, throttle, sessions, signUps }: SignInParts,
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
  const verdict = account
    ? await passwords.verify(request.password, account.password_hash)
    : await isWanted(store, passwords, signUps, email, request.password);
  if (verdict === 'busy') return failed('unavailable', 'Too many sign-ins at this moment.', 2);
  if (!verdict) return failed('invalid_credentials', 'Wrong e-mail address or password.');
  await admission.attempt.succeeded();
  if (!account) return failed('not_activated', 'The activation mail was not followed yet.');
  const { tokens } = await store.db
    .transaction()
    .execute((trx) => sessions.open(trx, account.key, request.device));
  return done({
    ...tokens,
    account: { id: account.id, kind: account.kind, email: account.email, displayName: account.display_name },
  });
}

/** One computation, as for an account, whether the address was ever seen or several people want it. */
async function isWanted(
  store: Store,
  passwords: Passwords,
  signUps: SignUps,
  email: string,
  password: string,
): Promise<boolean | 'busy'> {
  const hash = await passwords.hashWith(password, saltOf(store, email));
  return hash === undefined ? 'busy' : signUps.matches(store.db, email, hash);
}
