import type { Uuid } from '#shared/domain/ids.ts';
import type { AccountKind } from '#shared/domain/profile.ts';
import { instant, type Clock } from '../clock.ts';
import type { Store } from '../store/open.ts';
import { normaliseEmail } from './email.ts';
import type { Passwords } from './passwords.ts';

export interface NewAccount {
  id: Uuid;
  email: string;
  password: string;
  kind: AccountKind;
  displayName: string;
  locale: 'fr' | 'en';
}

/** Makes an account that can sign in, with an empty feed. Throws when the id or the address is taken. */
export async function createAccount(
  store: Store,
  passwords: Passwords,
  clock: Clock,
  account: NewAccount,
): Promise<void> {
  const now = instant(clock);
  await store.db
    .insertInto('accounts')
    .values({
      id: account.id,
      email: normaliseEmail(account.email),
      password_hash: await passwords.hash(account.password),
      kind: account.kind,
      display_name: account.displayName,
      locale: account.locale,
      rev: 0,
      purged_rev: 0,
      created_at: now,
      activated_at: now,
    })
    .execute();
}
