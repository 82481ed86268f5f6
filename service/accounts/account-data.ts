import type { AccountData } from '#shared/protocol/account.ts';
import type { Uuid } from '#shared/domain/ids.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { Store } from '../store/open.ts';
import { consentsOf } from './consents.ts';
import { allSessions } from './session-list.ts';

/** As many mails as one answer tells. */
const NEWEST_MAILS = 10_000;

/** What is kept of an account beyond its feed (RGPD art. 15 and 20): no hash, no token, no address that it was used from. */
export async function accountData(
  { store: { db }, mails }: { store: Store; mails: Outbox },
  asking: { accountKey: number; id: Uuid },
): Promise<AccountData> {
  const { accountKey } = asking;
  const { activated_at: activatedAt, ...account } = await db
    .selectFrom('accounts')
    .select((e) => [
      'id',
      'email',
      'created_at as createdAt',
      'activated_at',
      e.fn.coalesce('password_changed_at', 'created_at').as('passwordChangedAt'),
    ])
    .where('key', '=', accountKey)
    .executeTakeFirstOrThrow();
  return {
    account: { ...account, ...(activatedAt === null ? {} : { activatedAt }) },
    sessions: await allSessions(db, accountKey, asking.id),
    consents: await consentsOf(db, accountKey),
    mails: (await mails.listMails(accountKey)).slice(0, NEWEST_MAILS),
  };
}
