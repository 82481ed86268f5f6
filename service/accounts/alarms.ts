import { newId, type Uuid } from '#shared/domain/ids.ts';
import type { AccountSafety } from '#shared/protocol/account.ts';
import { instant, type Clock } from '../clock.ts';
import { done, failed, type Result } from '../failures.ts';
import type { MailOutbox } from '../mail/mail.ts';
import type { Store } from '../store/open.ts';
import type { Trx } from '../store/schema.ts';
import type { Sessions } from './sessions.ts';

type Reason = NonNullable<AccountSafety['suspiciousSignIn']>['reason'];

export interface Alarm {
  accountKey: number;
  /** The session that does not look like the owner's. */
  sessionId: Uuid;
  deviceName: string;
  reason: Reason;
}

/** Warns the owner of a sign-in that does not look like theirs: by mail, and in the app until they answer or change their password. */
export async function raiseAlarm(
  trx: Trx,
  { clock, mails }: { clock: Clock; mails: MailOutbox },
  { accountKey, sessionId, deviceName, reason }: Alarm,
): Promise<void> {
  const at = instant(clock);
  await trx
    .insertInto('suspicious_sign_ins')
    .values({
      id: newId(),
      account_key: accountKey,
      session_id: sessionId,
      at,
      device_name: deviceName,
      reason,
      answered_at: null,
    })
    .execute();
  const { email, locale } = await trx
    .selectFrom('accounts')
    .select(['email', 'locale'])
    .where('key', '=', accountKey)
    .executeTakeFirstOrThrow();
  await mails.enqueue(trx, accountKey, {
    kind: 'suspicious_sign_in',
    to: email,
    language: locale,
    at,
    deviceName,
  });
}

/**
 * The owner says whether it was them. If not, that session ends, and the warning stays until the password is changed: whoever it was
 * knows the present one.
 */
export async function answerAlarm(
  { store, clock, sessions }: { store: Store; clock: Clock; sessions: Sessions },
  accountKey: number,
  alarmId: Uuid,
  mine: boolean,
): Promise<Result<void>> {
  const ended = await store.db.transaction().execute(async (trx) => {
    const alarm = await trx
      .updateTable('suspicious_sign_ins')
      .set(mine ? { answered_at: instant(clock) } : { reason: 'reported' })
      .where('id', '=', alarmId)
      .where('account_key', '=', accountKey)
      .where('answered_at', 'is', null)
      .returning('session_id')
      .executeTakeFirst();
    if (!alarm) return undefined;
    if (mine || alarm.session_id === null) return [];
    return sessions.endIn(trx, accountKey, { only: alarm.session_id });
  });
  if (!ended) return failed('not_found', 'No such sign-in that waits for an answer.');
  sessions.tellEnded(ended);
  return done(undefined);
}
