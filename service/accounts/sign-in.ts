import type { Uuid } from '#shared/domain/ids.ts';
import type { SignInRequest, SignInResponse } from '#shared/protocol/sessions.ts';
import { instant, type Clock } from '../clock.ts';
import { done, failed, type Result } from '../failures.ts';
import type { MailOutbox } from '../mail/mail.ts';
import type { Store } from '../store/open.ts';
import type { Trx } from '../store/schema.ts';
import type { Pokes } from '../sync/pokes.ts';
import { raiseAlarm } from './alarms.ts';
import { deviceSecretOf } from './device-secret.ts';
import { meetDevice } from './devices.ts';
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
  clock: Clock;
  mails: MailOutbox;
  pokes: Pick<Pokes, 'poke'>;
}

/**
 * Answers alike, in words and in time, for a wrong password and for an address that has no account. Only who knows the password of an account
 * that was asked for learns that it waits for its activation.
 */
export async function signIn(
  parts: SignInParts,
  request: SignInRequest,
  address: string,
): Promise<Result<SignInResponse>> {
  const { store, clock, passwords, throttle, sessions, signUps, pokes } = parts;
  const email = normaliseEmail(request.email);
  const admission = await throttle.attempt(email, address);
  if (!admission.ok)
    return failed('throttled', 'Too many attempts; wait before the next.', admission.waitSeconds);
  const account = await store.db
    .selectFrom('accounts')
    .select(['key', 'id', 'email', 'kind', 'display_name', 'locale', 'password_hash'])
    .where('email', '=', email)
    // An account whose day has come is no longer there; it only takes a while to go (see deletion.ts).
    .where((e) => e.or([e('deleted_at', 'is', null), e('deleted_at', '>', instant(clock))]))
    .executeTakeFirst();
  const verdict = account
    ? await passwords.verify(request.password, account.password_hash)
    : await isWanted(store, passwords, signUps, email, request.password);
  if (verdict === 'busy') return failed('unavailable', 'Too many sign-ins at this moment.', 2);
  if (!verdict) return failed('invalid_credentials', 'Wrong e-mail address or password.');
  await admission.attempt.succeeded();
  if (!account) return failed('not_activated', 'The activation mail was not followed yet.');
  const { device } = request;
  const { suspicious } = admission.attempt;
  const { id, tokens, deviceSecret } = await store.db.transaction().execute(async (trx) => {
    const session = await sessions.open(trx, account.key, device);
    await tellOwner(trx, parts, account, { id: session.id, device, suspicious });
    return { ...session, deviceSecret: await deviceSecretOf(trx, account.key) };
  });
  // The list of sessions is longer by one.
  pokes.poke(account.key, id);
  return done({
    ...tokens,
    deviceSecret,
    account: { id: account.id, kind: account.kind, email: account.email, displayName: account.display_name },
  });
}

/** One mail at most: of what looks like a stranger, or else of a device that is new. */
async function tellOwner(
  trx: Trx,
  parts: SignInParts,
  account: { key: number; email: string; locale: 'fr' | 'en' },
  session: { id: Uuid; device: SignInRequest['device']; suspicious: boolean },
): Promise<void> {
  const { name: deviceName, platform } = session.device;
  const at = instant(parts.clock);
  const met = await meetDevice(trx, account.key, session.device, at);
  if (session.suspicious) {
    const alarm = { accountKey: account.key, sessionId: session.id, deviceName };
    await raiseAlarm(trx, parts, { ...alarm, reason: 'many_failures' });
  } else if (met === 'new') {
    const { email: to, locale: language } = account;
    await parts.mails.enqueue(trx, account.key, {
      kind: 'new_device',
      to,
      language,
      at,
      deviceName,
      platform,
    });
  }
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
