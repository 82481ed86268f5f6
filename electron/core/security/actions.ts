import type { Input } from '#shared/ipc/contract.ts';
import type { Result } from '#shared/ipc/errors.ts';
import { AccountSafety } from '#shared/protocol/account.ts';
import { routes } from '#shared/protocol/routes.ts';
import type { Following } from './following.ts';
import { ok } from '../result.ts';
import { readBody } from '../service/body.ts';
import type { Call } from '../service/client.ts';
import type { Session } from '../service/session.ts';

interface Account {
  session: Session;
  safety: Following;
}

/** Longer answers than none are not looked at. */
const MAX_BYTES = 64 * 1024;

export function changePassword(
  account: Account,
  change: Input<'security.changePassword'>,
): Promise<Result<undefined>> {
  return done(account, { method: 'POST', path: routes.accountPassword, body: JSON.stringify(change) });
}

export function changeEmail(
  account: Account,
  change: Input<'security.changeEmail'>,
): Promise<Result<undefined>> {
  return safetyAfter(account, { method: 'POST', path: routes.accountEmail, body: JSON.stringify(change) });
}

export function cancelEmailChange(account: Account): Promise<Result<undefined>> {
  return done(account, { method: 'DELETE', path: routes.accountEmail });
}

export function endSession(account: Account, id: string): Promise<Result<undefined>> {
  return done(account, { method: 'DELETE', path: routes.session(id) });
}

export function endOtherSessions(account: Account): Promise<Result<undefined>> {
  return done(account, { method: 'DELETE', path: routes.otherSessions });
}

export function answerSignIn(
  account: Account,
  { id, mine }: Input<'security.answerSignIn'>,
): Promise<Result<undefined>> {
  return done(account, {
    method: 'POST',
    path: routes.suspiciousSignIn(id),
    body: JSON.stringify({ mine }),
  });
}

export function requestDeletion(
  account: Account,
  request: Input<'security.requestDeletion'>,
): Promise<Result<undefined>> {
  return safetyAfter(account, {
    method: 'POST',
    path: routes.accountDeletion,
    body: JSON.stringify(request),
  });
}

export function keepAccount(account: Account): Promise<Result<undefined>> {
  return done(account, { method: 'DELETE', path: routes.accountDeletion });
}

/** What it has changed is asked for before it answers, so that the screen shows it. */
async function done({ session, safety }: Account, call: Call): Promise<Result<undefined>> {
  const reply = await session.open(call);
  if (!reply.ok) return { ok: false, error: reply.error };
  // Read to its end, so that the connection may serve the next request.
  await readBody(reply.value, MAX_BYTES);
  await (await safety.answers()).follow();
  return ok(undefined);
}

async function safetyAfter(account: Account, call: Call): Promise<Result<undefined>> {
  const reply = await account.session.json(call, AccountSafety);
  if (!reply.ok) return { ok: false, error: reply.error };
  await (await account.safety.answers()).take('safety', reply.value);
  return ok(undefined);
}
