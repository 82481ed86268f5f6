import type { Uuid } from '#shared/domain/ids.ts';
import type { AccountData, SessionInfo } from '#shared/protocol/account.ts';
import { instant, type Clock } from '../clock.ts';
import type { Db } from '../store/schema.ts';

/** As many as one answer tells, of those that go on and of all. */
const NEWEST = 1000;
const NEWEST_EVER = 10_000;

const ofAccount = (db: Db, accountKey: number) =>
  db
    .selectFrom('sessions')
    .select((e) => [
      'id',
      'device_name as deviceName',
      // Held to these by the schema of sign-in.
      e.ref('device_platform').$castTo<SessionInfo['platform']>().as('platform'),
      'app_version as appVersion',
      'created_at as createdAt',
      e.fn.coalesce('last_seen_at', 'created_at').as('lastSeenAt'),
      'ended_at as endedAt',
    ])
    .where('account_key', '=', accountKey);

/** The sessions of an account that go on, the newest seen first. `current` is the one that asks. */
export async function listSessions(
  db: Db,
  clock: Clock,
  accountKey: number,
  current: Uuid,
): Promise<SessionInfo[]> {
  const rows = await ofAccount(db, accountKey)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', instant(clock))
    .orderBy('lastSeenAt', 'desc')
    .orderBy('id', 'desc')
    .limit(NEWEST)
    .execute();
  return rows.map(({ endedAt: _ended, ...session }) => ({ ...session, current: session.id === current }));
}

/** The same with those that have ended, as long as they are kept. */
export async function allSessions(
  db: Db,
  accountKey: number,
  current: Uuid,
): Promise<AccountData['sessions']> {
  const rows = await ofAccount(db, accountKey)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(NEWEST_EVER)
    .execute();
  return rows.map(({ endedAt, ...session }) => ({
    ...session,
    current: session.id === current,
    ...(endedAt === null ? {} : { endedAt }),
  }));
}
