import type { z } from 'zod';
import { newId } from '#shared/domain/ids.ts';
import { toInstant, type Instant } from '#shared/domain/time.ts';
import type { EmailChange } from '#shared/protocol/account.ts';
import { instant, type Clock } from '../clock.ts';
import { done, failed, type Result } from '../failures.ts';
import type { Links } from '../mail/links.ts';
import type { MailOutbox } from '../mail/mail.ts';
import type { Trx } from '../store/schema.ts';
import { confirmPassword, type ConfirmParts } from './confirm-password.ts';
import { normaliseEmail } from './email.ts';
import { hashToken, newMailToken } from './tokens.ts';

export interface EmailChangeParts extends ConfirmParts {
  clock: Clock;
  mails: MailOutbox;
  links: Links;
}

const HOURS = 24;
const HOUR_MS = 3_600_000;
/** Each writes to an address that may be anybody's. */
const MOST_A_DAY = 5;

/**
 * Asks both addresses whether they agree that the account moves from one to the other. Answers and writes alike whether the new one has an
 * account or not: only who reads its mails can learn that.
 */
export async function requestEmailChange(
  parts: EmailChangeParts,
  accountKey: number,
  request: z.infer<typeof EmailChange>,
  address: string,
): Promise<Result<void>> {
  const { store, clock, mails, links } = parts;
  const confirmed = await confirmPassword(parts, accountKey, request.password, address);
  if (!confirmed.ok) return confirmed;
  const { email: oldEmail, locale: language } = confirmed.value;
  const newEmail = normaliseEmail(request.email);
  if (newEmail === oldEmail) return failed('invalid_request', 'The account has that address already.');
  return store.db.transaction().execute(async (trx) => {
    const now = clock.now();
    const waitMs = await waitForRoom(trx, accountKey, now);
    if (waitMs > 0)
      return failed('throttled', 'Too many changes of the address today.', Math.ceil(waitMs / 1000));
    await endPending(trx, accountKey, toInstant(now));
    const tokens = { old: newMailToken(), new: newMailToken() };
    await trx
      .insertInto('email_changes')
      .values({
        id: newId(),
        account_key: accountKey,
        new_email: newEmail,
        old_token_hash: hashToken(tokens.old),
        new_token_hash: hashToken(tokens.new),
        expires_at: toInstant(now + HOURS * HOUR_MS),
        old_confirmed_at: null,
        new_confirmed_at: null,
        ended_at: null,
      })
      .execute();
    for (const role of ['old', 'new'] as const)
      await mails.enqueue(trx, accountKey, {
        kind: 'email_change',
        to: role === 'old' ? oldEmail : newEmail,
        language,
        role,
        oldEmail,
        newEmail,
        link: links.emailChange(tokens[role], language),
        hours: HOURS,
      });
    return done(undefined);
  });
}

/** Milliseconds until another change may be asked for: those of the last day, given up or not, have not expired. */
async function waitForRoom(trx: Trx, accountKey: number, now: number): Promise<number> {
  const recent = await trx
    .selectFrom('email_changes')
    .select('expires_at')
    .where('account_key', '=', accountKey)
    .where('expires_at', '>', toInstant(now))
    .orderBy('expires_at', 'desc')
    .limit(MOST_A_DAY)
    .execute();
  const oldest = recent[MOST_A_DAY - 1];
  return oldest ? Date.parse(oldest.expires_at) - now : 0;
}

/** Its links open nothing any more. */
async function endPending(trx: Trx, accountKey: number, at: Instant): Promise<boolean> {
  const ended = await trx
    .updateTable('email_changes')
    .set({ ended_at: at })
    .where('account_key', '=', accountKey)
    .where('ended_at', 'is', null)
    .returning('id')
    .execute();
  return ended.length > 0;
}

/** Answers whether there was anything to give up. */
export const cancelEmailChange = (
  { store, clock }: Pick<EmailChangeParts, 'store' | 'clock'>,
  accountKey: number,
): Promise<boolean> => store.db.transaction().execute((trx) => endPending(trx, accountKey, instant(clock)));
