import { toInstant } from '#shared/domain/time.ts';
import { instant, type Clock } from '../clock.ts';
import type { InvoiceDocuments } from '../documents/invoice-documents.ts';
import { done, type Result } from '../failures.ts';
import type { MailOutbox } from '../mail/mail.ts';
import type { Store } from '../store/open.ts';
import { confirmPassword, type ConfirmParts } from './confirm-password.ts';
import { retainInvoices } from './retained-invoices.ts';
import type { Sessions } from './sessions.ts';

/** How long an owner may change their mind. */
const DAYS = 30;
const DAY_MS = 86_400_000;

interface DeletionParts {
  store: Store;
  clock: Clock;
  mails: MailOutbox;
}

/** Has an account deleted in thirty days; one for which that was asked before keeps its day. */
export async function requestDeletion(
  parts: DeletionParts & ConfirmParts,
  accountKey: number,
  password: string,
  address: string,
): Promise<Result<void>> {
  const { store, clock, mails } = parts;
  const confirmed = await confirmPassword(parts, accountKey, password, address);
  if (!confirmed.ok) return confirmed;
  const { key, email, locale } = confirmed.value;
  const now = clock.now();
  const deletedAt = toInstant(now + DAYS * DAY_MS);
  await store.db.transaction().execute(async (trx) => {
    const asked = await trx
      .updateTable('accounts')
      .set({ deletion_requested_at: toInstant(now), deleted_at: deletedAt })
      .where('key', '=', key)
      .where('deleted_at', 'is', null)
      .returning('key')
      .executeTakeFirst();
    if (asked)
      await mails.enqueue(trx, key, { kind: 'deletion_requested', to: email, language: locale, deletedAt });
  });
  return done(undefined);
}

/** Keeps the account after all. Answers whether it was to be deleted; too late, when the day has come. */
export function takeDeletionBack(
  { store, clock, mails }: DeletionParts,
  accountKey: number,
): Promise<boolean> {
  return store.db.transaction().execute(async (trx) => {
    const kept = await trx
      .updateTable('accounts')
      .set({ deletion_requested_at: null, deleted_at: null })
      .where('key', '=', accountKey)
      .where('deleted_at', '>', instant(clock))
      .returning(['email', 'locale'])
      .executeTakeFirst();
    if (!kept) return false;
    await mails.enqueue(trx, accountKey, {
      kind: 'deletion_cancelled',
      to: kept.email,
      language: kept.locale,
    });
    return true;
  });
}

interface ExecutionParts extends DeletionParts {
  sessions: Sessions;
  documents: InvoiceDocuments;
}

/** Deletes the accounts whose day has come; answers how many. Cut short, it goes on the next time. */
export async function deleteDueAccounts(parts: ExecutionParts): Promise<number> {
  const due = await parts.store.db
    .selectFrom('accounts')
    .select('key')
    .where('deleted_at', 'is not', null)
    .where('deleted_at', '<=', instant(parts.clock))
    .execute();
  for (const { key } of due) await deleteAccount(parts, key);
  return due.length;
}

/** Sign-in knows an account no longer once its day has come, so nothing comes back in between. */
async function deleteAccount(
  { store, mails, sessions, documents }: ExecutionParts,
  key: number,
): Promise<void> {
  await sessions.end(key, {});
  await retainInvoices(store, key);
  const files = await store.db.transaction().execute(async (trx) => {
    const left = await trx.selectFrom('documents').select('sha256').where('account_key', '=', key).execute();
    // With everything that refers to it.
    const { email, locale } = await trx
      .deleteFrom('accounts')
      .where('key', '=', key)
      .returning(['email', 'locale'])
      .executeTakeFirstOrThrow();
    await mails.enqueue(trx, undefined, { kind: 'account_deleted', to: email, language: locale });
    return left.map(({ sha256 }) => sha256);
  });
  await documents.drop(files);
}
