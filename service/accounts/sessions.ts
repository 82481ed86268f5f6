import { newId, type Uuid } from '#shared/domain/ids.ts';
import { toInstant } from '#shared/domain/time.ts';
import type { SignInRequest, Tokens } from '#shared/protocol/sessions.ts';
import type { Clock } from '../clock.ts';
import { done, failed, type Result } from '../failures.ts';
import { compileOnce } from '../store/compile-once.ts';
import type { Store } from '../store/open.ts';
import type { Trx } from '../store/schema.ts';
import { hashToken, newAccessToken, newRefreshToken, successorOf } from './tokens.ts';

const ACCESS_SECONDS = 600;
/** The absolute end of a session, whatever is refreshed meanwhile. */
const SESSION_SECONDS = 60 * 86_400;
/** How long a used refresh token still answers the same successor: its answer may have got lost. */
const LOST_ANSWER_MS = 10_000;
/** A session that is used all the time is written to once in so long. */
const SEEN_EVERY_MS = 60_000;

/** Who is asking: what a valid access token stands for. */
export interface Session {
  id: Uuid;
  accountKey: number;
  expiresAt: number;
}

type Ended = (sessionId: Uuid) => void;
type Device = SignInRequest['device'];

/** Which sessions of an account: one, all but one, or all. */
export type Which = { only: Uuid } | { allBut?: Uuid | undefined };

/** A session that ended because a spent token of its came back. */
export interface Stolen {
  id: Uuid;
  accountKey: number;
  deviceName: string;
}

export interface Sessions {
  open(trx: Trx, accountKey: number, device: Device): Promise<{ id: Uuid; tokens: Tokens }>;
  refresh(refreshToken: string): Promise<Result<Tokens>>;
  /** Ends those that still go on, with their streams; answers which they were. */
  end(accountKey: number, which: Which): Promise<Uuid[]>;
  /** The same as a part of something larger, whose commit `tellEnded` has to follow. */
  endIn(trx: Trx, accountKey: number, which: Which): Promise<Uuid[]>;
  tellEnded(sessionIds: readonly Uuid[]): void;
  /** Undefined when the token is unknown, expired, or its session has ended. */
  find(accessToken: string): Promise<Session | undefined>;
  onEnd(listener: Ended): void;
  /** Deletes sessions and tokens that have been of no use for a while. */
  forget(): Promise<void>;
}

const EXPIRED = failed('session_expired', 'The token is unknown, used or expired; sign in again.');

interface AccessRow {
  id: Uuid;
  account_key: number;
  expires_at: string;
  ended_at: string | null;
  last_seen_at: string | null;
  token_expires_at: string;
}

const accessQuery = compileOnce<AccessRow, [hash: string]>((db) =>
  db
    .selectFrom('access_tokens as t')
    .innerJoin('sessions as s', 's.id', 't.session_id')
    .select([
      's.id',
      's.account_key',
      's.expires_at',
      's.ended_at',
      's.last_seen_at',
      't.expires_at as token_expires_at',
    ])
    .where('t.hash', '=', ''),
);

/** @param onStolen hears of it in the transaction that ends the session: what it writes is kept with that, or not at all */
export function makeSessions(
  store: Store,
  clock: Clock,
  onStolen: (trx: Trx, session: Stolen) => Promise<void>,
): Sessions {
  const { db, meta } = store;
  const listeners: Ended[] = [];

  async function issue(trx: Trx, sessionId: Uuid, refreshToken: string, endsAt: number): Promise<Tokens> {
    const now = clock.now();
    const remaining = Math.floor((endsAt - now) / 1000);
    const accessSeconds = Math.min(ACCESS_SECONDS, remaining);
    const accessToken = newAccessToken();
    await trx
      .deleteFrom('access_tokens')
      .where('session_id', '=', sessionId)
      .where('expires_at', '<=', toInstant(now))
      .execute();
    await trx
      .insertInto('access_tokens')
      .values({
        hash: hashToken(accessToken),
        session_id: sessionId,
        expires_at: toInstant(now + accessSeconds * 1000),
      })
      .execute();
    await trx
      .insertInto('refresh_tokens')
      .values({ hash: hashToken(refreshToken), session_id: sessionId, used_at: null })
      .onConflict((c) => c.column('hash').doNothing())
      .execute();
    return {
      accessToken,
      accessExpiresInSeconds: accessSeconds,
      refreshToken,
      refreshExpiresInSeconds: remaining,
    };
  }

  async function close(
    trx: Trx,
    accountKey: number,
    which: Which,
    because: 'sign_out' | 'ended' | 'reuse',
  ): Promise<Uuid[]> {
    let closing = trx
      .updateTable('sessions')
      .set({ ended_at: toInstant(clock.now()), ended_because: because })
      .where('account_key', '=', accountKey)
      .where('ended_at', 'is', null);
    if ('only' in which) closing = closing.where('id', '=', which.only);
    else if (which.allBut !== undefined) closing = closing.where('id', '<>', which.allBut);
    const closed = await closing.returning('id').execute();
    await trx
      .deleteFrom('access_tokens')
      .where('session_id', 'in', (e) =>
        e
          .selectFrom('sessions')
          .select('id')
          .where('account_key', '=', accountKey)
          .where('ended_at', 'is not', null),
      )
      .execute();
    return closed.map(({ id }) => id);
  }

  const tellEnded = (sessionIds: readonly Uuid[]) => {
    for (const id of sessionIds) for (const listener of listeners) listener(id);
  };

  /** To the minute: writing at every request would turn each read into a write. */
  async function see(id: Uuid, lastSeenAt: string | null): Promise<void> {
    const now = clock.now();
    // Also when the clock was set back meanwhile.
    if (lastSeenAt !== null && Math.abs(now - Date.parse(lastSeenAt)) < SEEN_EVERY_MS) return;
    await db
      .updateTable('sessions')
      .set({ last_seen_at: toInstant(now) })
      .where('id', '=', id)
      .execute();
  }

  return {
    async open(trx, accountKey, device) {
      const id = newId();
      const now = clock.now();
      const endsAt = now + SESSION_SECONDS * 1000;
      await trx
        .insertInto('sessions')
        .values({
          id,
          account_key: accountKey,
          device_name: device.name,
          device_platform: device.platform,
          app_version: device.appVersion,
          created_at: toInstant(now),
          expires_at: toInstant(endsAt),
          ended_at: null,
          ended_because: null,
          last_seen_at: toInstant(now),
        })
        .execute();
      return { id, tokens: await issue(trx, id, newRefreshToken(), endsAt) };
    },

    async refresh(refreshToken) {
      const outcome = await db.transaction().execute(async (trx) => {
        const now = clock.now();
        const used = await trx
          .selectFrom('refresh_tokens as t')
          .innerJoin('sessions as s', 's.id', 't.session_id')
          .select([
            't.hash',
            't.used_at',
            's.id',
            's.account_key',
            's.device_name',
            's.expires_at',
            's.ended_at',
          ])
          .where('t.hash', '=', hashToken(refreshToken))
          .executeTakeFirst();
        if (!used || used.ended_at !== null) return EXPIRED;
        const endsAt = Date.parse(used.expires_at);
        // A session with less than a second left is over: no token could say how long it lives.
        if (endsAt - now < 1000) return EXPIRED;
        const successor = successorOf(refreshToken, meta.secret);
        if (used.used_at !== null) {
          const next = await trx
            .selectFrom('refresh_tokens')
            .select('used_at')
            .where('hash', '=', hashToken(successor))
            .executeTakeFirst();
          const answerMayBeLost = next?.used_at === null && now - Date.parse(used.used_at) <= LOST_ANSWER_MS;
          if (!answerMayBeLost) {
            // Two parties hold tokens of this family, and one of them is a thief: neither keeps the session.
            const { id, account_key: accountKey, device_name: deviceName } = used;
            await close(trx, accountKey, { only: id }, 'reuse');
            await onStolen(trx, { id, accountKey, deviceName });
            return { ...EXPIRED, revoked: id };
          }
        } else {
          await trx
            .updateTable('refresh_tokens')
            .set({ used_at: toInstant(now) })
            .where('hash', '=', used.hash)
            .execute();
        }
        return done(await issue(trx, used.id, successor, endsAt));
      });
      if ('revoked' in outcome) tellEnded([outcome.revoked]);
      return outcome.ok ? outcome : EXPIRED;
    },

    async end(accountKey, which) {
      const because = 'only' in which ? 'sign_out' : 'ended';
      const ids = await db.transaction().execute((trx) => close(trx, accountKey, which, because));
      tellEnded(ids);
      return ids;
    },

    endIn: (trx, accountKey, which) => close(trx, accountKey, which, 'ended'),
    tellEnded,

    async find(accessToken) {
      const [row] = await accessQuery(store, db, [hashToken(accessToken)]);
      if (!row || row.ended_at !== null || row.token_expires_at <= toInstant(clock.now())) return undefined;
      await see(row.id, row.last_seen_at);
      return { id: row.id, accountKey: row.account_key, expiresAt: Date.parse(row.expires_at) };
    },

    onEnd(listener) {
      listeners.push(listener);
    },

    async forget() {
      const now = clock.now();
      await db.deleteFrom('access_tokens').where('expires_at', '<=', toInstant(now)).execute();
      // An ended session is kept as long as its tokens could come back, to know them for what they are.
      await db.deleteFrom('sessions').where('expires_at', '<=', toInstant(now)).execute();
    },
  };
}
