import { newId, type Uuid } from '#shared/domain/ids.ts';
import type { AccountSafety } from '#shared/protocol/account.ts';
import { instant, type Clock } from '../clock.ts';
import type { Trx } from '../store/schema.ts';

type Reason = NonNullable<AccountSafety['suspiciousSignIn']>['reason'];

export interface Alarm {
  accountKey: number;
  /** The session that does not look like the owner's. */
  sessionId: Uuid;
  deviceName: string;
  reason: Reason;
}

/** Notes a sign-in that does not look like its owner's, until they answer or change their password. */
export async function raiseAlarm(trx: Trx, clock: Clock, alarm: Alarm): Promise<void> {
  const at = instant(clock);
  await trx
    .insertInto('suspicious_sign_ins')
    .values({
      id: newId(),
      account_key: alarm.accountKey,
      session_id: alarm.sessionId,
      at,
      device_name: alarm.deviceName,
      reason: alarm.reason,
      answered_at: null,
    })
    .execute();
}
