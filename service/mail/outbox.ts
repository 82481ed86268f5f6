import { newId, type Uuid } from '#shared/domain/ids.ts';
import { toInstant, type Instant } from '#shared/domain/time.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/open.ts';
import type { Trx } from '../store/schema.ts';
import type { Mail, MailOutbox } from './mail.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** News without a link that expires is worth reading for so long, and the address is kept no longer. */
const NEWS_MS = 30 * DAY_MS;
/** Longer than an attempt takes (smtp.ts): what somebody took up so long ago and did not settle, they died with. */
const CLAIM_MS = 5 * MINUTE_MS;
const FIRST_WAIT_MS = MINUTE_MS;
const LONGEST_WAIT_MS = HOUR_MS;
/** How long it is told that a mail was sent. */
const LISTED_MS = 365 * DAY_MS;

/** A mail that this process is sending; nobody else does. */
export interface ClaimedMail {
  key: number;
  /** Which attempt this is; a later one by somebody else takes the right to settle it away. */
  attempt: number;
  /** How often the mail server wanted it later. */
  deferrals: number;
  id: Uuid;
  createdAt: Instant;
  mail: Mail;
}

export type Settlement =
  /** The mail server has it. */
  | { kind: 'sent' }
  /** The mail server will never take it for this person. */
  | { kind: 'refused' }
  /** The mail server wants this mail later: it waits longer each time, up to an hour. */
  | { kind: 'deferred' }
  /** Nothing was learned about this mail: it may be taken up again at once. */
  | { kind: 'released' };

export interface Outbox extends MailOutbox {
  /** Called after each mail that was kept; what it then asks of the database is answered after the commit. */
  onEnqueue(listener: () => void): void;
  /** Takes up the mail that has been due for longest; undefined when none is. */
  claim(): Promise<ClaimedMail | undefined>;
  settle(claimed: ClaimedMail, settlement: Settlement): Promise<void>;
  /** Gives up the mails whose content is worthless by now; returns how many. */
  dropWorthless(): Promise<number>;
  waiting(): Promise<number>;
  /** What was sent to an account's owner, the newest first: never to whom, nor the words. */
  listMails(accountKey: number): Promise<{ kind: string; at: Instant }[]>;
  forget(): Promise<void>;
}

const ERASED = { recipient: null, data: null, next_try_at: null };

function lifetimeOf(mail: Mail): number {
  switch (mail.kind) {
    case 'activation':
    case 'email_change':
      return mail.hours * HOUR_MS;
    case 'already_customer':
    case 'password_reset':
      return mail.minutes * MINUTE_MS;
    default:
      return NEWS_MS;
  }
}

const waitAfter = (deferrals: number) =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(deferrals, 10));

export function makeOutbox(store: Store, clock: Clock): Outbox {
  const { db } = store;
  const listeners: (() => void)[] = [];

  async function enqueue(trx: Trx, accountKey: number | undefined, mail: Mail): Promise<void> {
    const { to, language, kind, ...data } = mail;
    const now = clock.now();
    await trx
      .insertInto('mails')
      .values({
        id: newId(),
        account_key: accountKey ?? null,
        kind,
        language,
        recipient: to,
        data: JSON.stringify(data),
        created_at: toInstant(now),
        worthless_at: toInstant(now + lifetimeOf(mail)),
        next_try_at: toInstant(now),
        attempts: 0,
        deferrals: 0,
      })
      .execute();
    for (const listener of listeners) listener();
  }

  /** Undefined when another process was quicker. */
  async function take(key: number, attempts: number, now: number): Promise<ClaimedMail | undefined> {
    const row = await db
      .updateTable('mails')
      .set({ attempts: attempts + 1, next_try_at: toInstant(now + CLAIM_MS) })
      .where('key', '=', key)
      .where('attempts', '=', attempts)
      .where('next_try_at', 'is not', null)
      .returning(['id', 'kind', 'language', 'recipient', 'data', 'created_at', 'deferrals'])
      .executeTakeFirst();
    if (!row) return undefined;
    const { id, kind, language, recipient, data, created_at: createdAt, deferrals } = row;
    if (recipient === null || data === null) throw new Error('A mail that waits without its content.');
    // Written by enqueue() above.
    const mail = { to: recipient, language, kind, ...(JSON.parse(data) as object) } as Mail;
    return { key, attempt: attempts + 1, deferrals, id, createdAt, mail };
  }

  return {
    enqueue,
    onEnqueue(listener) {
      listeners.push(listener);
    },

    async claim() {
      for (;;) {
        const now = clock.now();
        const due = await db
          .selectFrom('mails')
          .select(['key', 'attempts'])
          .where('next_try_at', '<=', toInstant(now))
          .where('worthless_at', '>', toInstant(now))
          .orderBy('next_try_at')
          .limit(1)
          .executeTakeFirst();
        if (!due) return undefined;
        const claimed = await take(due.key, due.attempts, now);
        if (claimed) return claimed;
      }
    },

    async settle({ key, attempt, deferrals }, { kind }) {
      const now = clock.now();
      const at = toInstant(now);
      const mail = db.updateTable('mails').where('key', '=', key);
      if (kind === 'sent') {
        // Whoever else has it by now: it has left.
        await mail.set({ ...ERASED, sent_at: at, failed_at: null, failed_because: null }).execute();
        return;
      }
      // An attempt that took so long that another one began says nothing any more.
      const mine = mail.where('attempts', '=', attempt).where('next_try_at', 'is not', null);
      if (kind === 'refused')
        await mine.set({ ...ERASED, failed_at: at, failed_because: 'refused' }).execute();
      else if (kind === 'deferred')
        await mine
          .set({ deferrals: deferrals + 1, next_try_at: toInstant(now + waitAfter(deferrals)) })
          .execute();
      else await mine.set({ next_try_at: at }).execute();
    },

    async dropWorthless() {
      const now = toInstant(clock.now());
      const { numUpdatedRows } = await db
        .updateTable('mails')
        .set({ ...ERASED, failed_at: now, failed_because: 'worthless' })
        .where('next_try_at', 'is not', null)
        .where('worthless_at', '<=', now)
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },

    async waiting() {
      const { count } = await db
        .selectFrom('mails')
        .select((e) => e.fn.countAll<number>().as('count'))
        .where('next_try_at', 'is not', null)
        .executeTakeFirstOrThrow();
      return count;
    },

    async listMails(accountKey) {
      const rows = await db
        .selectFrom('mails')
        .select(['kind', 'sent_at'])
        .where('account_key', '=', accountKey)
        .where('sent_at', 'is not', null)
        .orderBy('sent_at', 'desc')
        .execute();
      return rows.flatMap(({ kind, sent_at: at }) => (at === null ? [] : [{ kind, at }]));
    },

    async forget() {
      const before = toInstant(clock.now() - LISTED_MS);
      await db
        .deleteFrom('mails')
        .where('next_try_at', 'is', null)
        .where((e) => e.or([e('created_at', '<', before), e('account_key', 'is', null)]))
        .execute();
    },
  };
}
