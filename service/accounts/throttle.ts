import { toInstant } from '#shared/domain/time.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/open.ts';
import type { Trx } from '../store/schema.ts';
import { keyedHash } from './tokens.ts';

/**
 * Slows guessing down without ever letting a stranger lock somebody out:
 * - the wait belongs to an account AS TRIED FROM one address: nobody else's failures make your first attempt wait;
 * - failures on an account from everywhere only make each address's own wrong attempts dearer, sooner;
 * - failures from one address on any account slow that address, except for accounts it has signed in to before.
 */
export interface Rule {
  /** Failures without any wait. */
  free: number;
  /** The first wait; it doubles with each failure up to the longest. */
  firstSeconds: number;
  longestSeconds: number;
}

const PAIR: Rule = { free: 5, firstSeconds: 2, longestSeconds: 900 };
const PAIR_UNDER_ATTACK: Rule = { free: 1, firstSeconds: 30, longestSeconds: 900 };
const ADDRESS: Rule = { free: 30, firstSeconds: 2, longestSeconds: 300 };
/** Failures on one account from everywhere that count as an attack on it. */
const ATTACK = 20;
/** So many that a success from a new address may be a guess that hit. */
const SUSPICIOUS = 10;
/** A counter that stays quiet for so long starts again. */
const FORGET_MS = 24 * 3_600_000;

interface Counter {
  failures: number;
  lastFailureAt: number;
  succeeded: boolean;
}

/** Milliseconds that a counter still has to wait at `now`. A failure to come was counted before the clock was set back: nobody waits for that. */
export function waitOf(
  counter: Pick<Counter, 'failures' | 'lastFailureAt'>,
  rule: Rule,
  now: number,
): number {
  const over = counter.failures - rule.free;
  if (over < 0 || counter.lastFailureAt > now) return 0;
  const seconds = Math.min(rule.longestSeconds, rule.firstSeconds * 2 ** Math.min(over, 20));
  return Math.max(0, counter.lastFailureAt + seconds * 1000 - now);
}

export interface Attempt {
  /** Many failures on this account, from anywhere, and it was never signed in to from this address. */
  suspicious: boolean;
  /** Takes the attempt back from the counters: it was the right password. */
  succeeded(): Promise<void>;
}

export interface Throttle {
  /** Counts the attempt as failed before it is tried, so that a hundred at once are a hundred; or says how long to wait. */
  attempt(
    email: string,
    address: string,
  ): Promise<{ ok: true; attempt: Attempt } | { ok: false; waitSeconds: number }>;
  /** Lets somebody who proved otherwise who they are try again at once, from there. */
  forgive(email: string, address: string): Promise<void>;
  /** Deletes the counters that no longer count. */
  forget(): Promise<void>;
}

export function makeThrottle(store: Store, clock: Clock): Throttle {
  // No address of a person or a machine stands in the table.
  const key = (...parts: string[]) => keyedHash(store.meta.secret, 'throttle', ...parts);

  async function read(trx: Trx, name: string, now: number): Promise<Counter> {
    const row = await trx.selectFrom('throttles').selectAll().where('key', '=', name).executeTakeFirst();
    const last = row?.last_failure_at ? Date.parse(row.last_failure_at) : 0;
    const live = now - last < FORGET_MS;
    return {
      failures: row && live ? row.failures : 0,
      lastFailureAt: last,
      succeeded: row !== undefined && row.succeeded_at !== null,
    };
  }

  async function write(trx: Trx, name: string, failures: number, now: number): Promise<void> {
    const row = { failures, last_failure_at: toInstant(now) };
    await trx
      .insertInto('throttles')
      .values({ key: name, ...row, succeeded_at: null })
      .onConflict((c) => c.column('key').doUpdateSet(row))
      .execute();
  }

  return {
    async attempt(email, address) {
      const names = {
        pair: key('pair', email, address),
        account: key('account', email),
        address: key('address', address),
      };
      let suspicious = false;
      const waitMs = await store.db.transaction().execute(async (trx) => {
        const now = clock.now();
        const pair = await read(trx, names.pair, now);
        const account = await read(trx, names.account, now);
        const from = await read(trx, names.address, now);
        const rule = account.failures >= ATTACK && !pair.succeeded ? PAIR_UNDER_ATTACK : PAIR;
        const wait = Math.max(waitOf(pair, rule, now), pair.succeeded ? 0 : waitOf(from, ADDRESS, now));
        if (wait > 0) return wait;
        suspicious = account.failures >= SUSPICIOUS && !pair.succeeded;
        await write(trx, names.pair, pair.failures + 1, now);
        await write(trx, names.account, account.failures + 1, now);
        await write(trx, names.address, from.failures + 1, now);
        return 0;
      });
      if (waitMs > 0) return { ok: false, waitSeconds: Math.ceil(waitMs / 1000) };
      return {
        ok: true,
        attempt: {
          suspicious,
          succeeded: () =>
            store.db.transaction().execute(async (trx) => {
              await trx
                .updateTable('throttles')
                .set({ failures: 0, succeeded_at: toInstant(clock.now()) })
                .where('key', '=', names.pair)
                .execute();
              await trx
                .updateTable('throttles')
                .set((e) => ({ failures: e('failures', '-', 1) }))
                .where('key', 'in', [names.account, names.address])
                .where('failures', '>', 0)
                .execute();
            }),
        },
      };
    },
    async forgive(email, address) {
      await store.db
        .updateTable('throttles')
        .set({ failures: 0 })
        .where('key', '=', key('pair', email, address))
        .execute();
    },
    async forget() {
      await store.db
        .deleteFrom('throttles')
        .where('succeeded_at', 'is', null)
        .where('last_failure_at', '<', toInstant(clock.now() - FORGET_MS))
        .execute();
    },
  };
}
