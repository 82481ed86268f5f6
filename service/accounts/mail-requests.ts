import { toInstant } from '#shared/domain/time.ts';
import type { Clock } from '../clock.ts';
import { done, failed, type Result } from '../failures.ts';
import type { Store } from '../store/open.ts';
import type { Trx } from '../store/schema.ts';
import { waitOf, type Rule } from './throttle.ts';
import { keyedHash, newMailCode, newMailToken } from './tokens.ts';

export type Asked = 'sign_up' | 'activation' | 'reset';
export type Purpose = 'activation' | 'reset';

/** How long a proof is good. */
export const LIFETIME_MS = { activation: 24 * 3_600_000, reset: 30 * 60_000 } as const;

/**
 * Mails to one mailbox as asked for from one network: seven sign-ups fit in the first hour, then about one an hour. Somebody who mistypes
 * a name signs up again at once.
 */
const SIGN_UP: Rule = { free: 2, firstSeconds: 60, longestSeconds: 3600 };
const AGAIN: Rule = { free: 1, firstSeconds: 60, longestSeconds: 3600 };
/** Mails to anybody as asked for from one network. */
const NETWORK: Rule = { free: 30, firstSeconds: 2, longestSeconds: 300 };
/** Mails that a mailbox gets in an hour of one kind, whoever asks: one network alone cannot use them up. */
const MAILBOX_AN_HOUR = 8;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Signing up and asking for that mail again fill the same mailbox with the same mails. */
const SAME: Record<Asked, readonly Asked[]> = {
  sign_up: ['sign_up', 'activation'],
  activation: ['sign_up', 'activation'],
  reset: ['reset'],
};

/** A mail that may be asked for: its secrets, drawn whether there will be one or not. */
export interface MailRequest {
  token: string;
  code: string;
  tokenHash: string;
  /** False when the mailbox has had enough: then nothing is sent, and nothing else is different. */
  mayMail: boolean;
  againInSeconds: number;
}

export interface MailRequests {
  /** Counts the request before anything is looked up, in the same way for every address; or says how long to wait. */
  admit(asked: Asked, email: string, network: string): Promise<Result<MailRequest>>;
}

export function makeMailRequests(store: Store, clock: Clock): MailRequests {
  const { secret } = store.meta;

  async function earlier(trx: Trx, asked: Asked, recipient: string, network: string, now: number) {
    const since = toInstant(now - DAY_MS);
    const toMailbox = await trx
      .selectFrom('mail_proofs')
      .select(['network', 'mailed', 'created_at'])
      .where('recipient', '=', recipient)
      .where('created_at', '>', since)
      .where('asked', 'in', SAME[asked])
      .orderBy('created_at')
      .execute();
    const fromNetwork = await trx
      .selectFrom('mail_proofs')
      .select((e) => [
        e.fn.countAll<number>().as('count'),
        e.fn.max('created_at').filterWhere('created_at', '<=', toInstant(now)).as('last'),
      ])
      .where('network', '=', network)
      .where('created_at', '>', since)
      .executeTakeFirstOrThrow();
    return { toMailbox, fromNetwork };
  }

  return {
    admit: (asked, email, network) =>
      store.db.transaction().execute(async (trx) => {
        const now = clock.now();
        const recipient = recipientOf(store, email);
        const from = networkHashOf(store, network);
        const { toMailbox, fromNetwork } = await earlier(trx, asked, recipient, from, now);
        const mine = toMailbox.filter((row) => row.network === from);
        // Not one to come, from before the clock was set back: it would hide those that were asked for since.
        const last = mine.findLast((row) => row.created_at <= toInstant(now));
        const wait = Math.max(
          waitAfter(mine.length, last?.created_at, asked === 'sign_up' ? SIGN_UP : AGAIN, now),
          waitAfter(fromNetwork.count, fromNetwork.last, NETWORK, now),
        );
        if (wait > 0)
          return failed('throttled', 'Too many mails were asked for; wait.', Math.ceil(wait / 1000));
        const hourAgo = toInstant(now - HOUR_MS);
        const lately = toMailbox.filter((row) => row.mailed === 1 && row.created_at > hourAgo);
        const mayMail = lately.length < MAILBOX_AN_HOUR;
        const [token, code] = [newMailToken(), newMailCode()];
        const purpose: Purpose = asked === 'reset' ? 'reset' : 'activation';
        const tokenHash = keyedHash(secret, 'mail-token', token);
        await trx
          .insertInto('mail_proofs')
          .values({
            token_hash: tokenHash,
            code_hash: keyedHash(secret, 'mail-code', recipient, code),
            asked,
            purpose,
            recipient,
            network: from,
            mailed: mayMail ? 1 : 0,
            sign_up_id: null,
            account_key: null,
            created_at: toInstant(now),
            expires_at: toInstant(now + LIFETIME_MS[purpose]),
            used_at: null,
          })
          .execute();
        const again = waitAfter(mine.length + 1, toInstant(now), AGAIN, now);
        return done({ token, code, tokenHash, mayMail, againInSeconds: Math.ceil(again / 1000) });
      }),
  };
}

export const recipientOf = (store: Store, email: string): string =>
  keyedHash(store.meta.secret, 'recipient', email);
export const networkHashOf = (store: Store, network: string): string =>
  keyedHash(store.meta.secret, 'network', network);

/** Milliseconds to wait after that many requests, the last of them then. */
const waitAfter = (count: number, last: string | null | undefined, rule: Rule, now: number): number =>
  last ? waitOf({ failures: count, lastFailureAt: Date.parse(last) }, rule, now) : 0;
