import { toInstant } from '#shared/domain/time.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/open.ts';
import type { Pokes } from './pokes.ts';

const LOOK_MS = 200;
/** Names in one query. */
const CHUNK = 500;

export interface Neighbours {
  /** Stops looking; resolves when the last look is over. */
  close(): Promise<void>;
}

/**
 * Passes on to the streams of this process what other processes on the same database did: pokes for accounts that changed, ends for sessions
 * that ended. It is read from what they committed, so nothing is missed when one of them dies right after its commit.
 */
export function watchNeighbours(
  store: Store,
  pokes: Pokes,
  clock: Clock,
  onError: (error: unknown) => void,
): Neighbours {
  let version: number | undefined;
  /** How each account looked that has a stream here. A new one is poked once too often rather than missed. */
  let known = new Map<number, string>();
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    const { accounts, sessions } = pokes.listeners();
    if (accounts.length === 0) return;
    // Read before the rest: what is committed in between is found now, and once more next time.
    const now = await store.dialect.versionByOthers(store.db);
    if (now === version) return;
    version = now;
    const seen = await looksOf(store, clock, accounts);
    for (const account of accounts) if (seen.get(account) !== known.get(account)) pokes.poke(account);
    known = seen;
    const open = await openAmong(store, sessions);
    for (const session of sessions) if (!open.has(session)) pokes.endSession(session);
  }

  const timer = setInterval(() => {
    looking ??= look()
      .catch(onError)
      .finally(() => (looking = undefined));
  }, LOOK_MS).unref();

  return {
    async close() {
      clearInterval(timer);
      await looking;
    },
  };
}

const chunksOf = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, at) => all.slice(at * CHUNK, (at + 1) * CHUNK));

/** Everything of an account that an open app shows: its feed, and what GET /v1/account tells. */
async function looksOf(store: Store, clock: Clock, accounts: number[]): Promise<Map<number, string>> {
  const looks = new Map<number, string>();
  for (const keys of chunksOf(accounts)) {
    const rows = await store.db
      .selectFrom('accounts as a')
      .select((e) => [
        'a.key',
        'a.rev',
        'a.email',
        'a.password_changed_at',
        'a.deleted_at',
        e
          .selectFrom('sessions as s')
          .whereRef('s.account_key', '=', 'a.key')
          .where('s.ended_at', 'is', null)
          .where('s.expires_at', '>', toInstant(clock.now()))
          .select((s) => s.fn.countAll<number>().as('count'))
          .as('sessions'),
        e
          .selectFrom('suspicious_sign_ins as w')
          .whereRef('w.account_key', '=', 'a.key')
          .where('w.answered_at', 'is', null)
          .select((w) => w.fn.max('w.id').as('id'))
          .as('warning'),
        e
          .selectFrom('email_changes as c')
          .whereRef('c.account_key', '=', 'a.key')
          .where('c.ended_at', 'is', null)
          .select((c) =>
            c.fn.max(c.fn('concat', ['c.id', 'c.old_confirmed_at', 'c.new_confirmed_at'])).as('change'),
          )
          .as('change'),
      ])
      .where('a.key', 'in', keys)
      .execute();
    for (const { key, ...look } of rows) looks.set(key, JSON.stringify(look));
  }
  return looks;
}

async function openAmong(store: Store, sessions: string[]): Promise<Set<string>> {
  const open = new Set<string>();
  for (const ids of chunksOf(sessions)) {
    const rows = await store.db
      .selectFrom('sessions')
      .select('id')
      .where('id', 'in', ids)
      .where('ended_at', 'is', null)
      .execute();
    for (const { id } of rows) open.add(id);
  }
  return open;
}
