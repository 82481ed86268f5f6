import type { ConsentPurpose, Profile } from '#shared/domain/profile.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { ConsentHistory } from '#shared/protocol/account.ts';
import type { Db, Trx } from '../store/schema.ts';

type ConsentSource = ConsentHistory['choices'][number]['source'];
export type Choices = Partial<Record<ConsentPurpose, boolean>>;

/** As many as one answer tells. */
const NEWEST = 10_000;

/** Keeps what somebody allowed or refused, as the proof of it (RGPD art. 7); nothing that was recorded is ever changed. */
export async function recordConsents(
  trx: Trx,
  accountKey: number,
  choices: Choices,
  source: ConsentSource,
  at: Instant,
): Promise<void> {
  const rows = Object.entries(choices).map(([purpose, granted]) => ({
    account_key: accountKey,
    purpose: purpose as ConsentPurpose,
    granted: granted ? 1 : 0,
    at,
    source,
  }));
  if (rows.length > 0) await trx.insertInto('consent_choices').values(rows).execute();
}

/** What a profile says of consents that it did not say before; a choice that was repeated is none. */
export function newChoices(before: Profile | undefined, after: Profile): Choices {
  const changed = Object.entries(after.consents ?? {}).filter(
    ([purpose, { granted }]) => before?.consents?.[purpose as ConsentPurpose]?.granted !== granted,
  );
  return Object.fromEntries(changed.map(([purpose, { granted }]) => [purpose, granted]));
}

/** Every choice of an account, newest first. */
export async function consentsOf(db: Db, accountKey: number): Promise<ConsentHistory['choices']> {
  const rows = await db
    .selectFrom('consent_choices')
    .select(['purpose', 'granted', 'at', 'source'])
    .where('account_key', '=', accountKey)
    .orderBy('key', 'desc')
    .limit(NEWEST)
    .execute();
  return rows.map(({ granted, ...row }) => ({ ...row, granted: granted === 1 }));
}
