import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { ResetRequest } from '#shared/protocol/sign-up.ts';
import { instant, type Clock } from '../clock.ts';
import { done, failed, type Result } from '../failures.ts';
import type { Links } from '../mail/links.ts';
import type { MailOutbox } from '../mail/mail.ts';
import type { Store } from '../store/open.ts';
import type { Trx } from '../store/schema.ts';
import { readEntity } from '../sync/read-entity.ts';
import type { MailProofs } from './mail-proofs.ts';
import { checkPassword, ownDataOf } from './password-check.ts';
import type { Passwords } from './passwords.ts';
import { whenProven } from './proven.ts';
import type { Sessions } from './sessions.ts';
import type { Throttle } from './throttle.ts';

export interface ResetParts {
  store: Store;
  clock: Clock;
  throttle: Throttle;
  proofs: MailProofs;
  passwords: Passwords;
  sessions: Sessions;
  mails: MailOutbox;
  links: Links;
}

/** Gives an account the new password, ends all its sessions and tells its owner. A password that the rule refuses uses nothing up. */
export async function resetPassword(
  parts: ResetParts,
  { proof, password }: z.infer<typeof ResetRequest>,
  network: string,
): Promise<Result<void>> {
  const { store, clock, passwords, proofs, sessions, throttle } = parts;
  // What can be said without knowing whose account it is, first: it costs nothing and tells nothing.
  const weak = checkPassword(password, []);
  if (weak) return weak;
  const hash = await passwords.hashWith(password, randomBytes(16));
  if (hash === undefined) return failed('unavailable', 'Too many passwords at this moment.', 2);
  const outcome = await whenProven(parts, 'reset', proof, network, async (trx, row) => {
    const account = row.account_key === null ? undefined : await accountOf(trx, row.account_key);
    if (!account) return 'expired';
    const own = checkPassword(password, await ownDataIn(store, trx, account));
    if (own) return own;
    await trx
      .updateTable('accounts')
      .set({ password_hash: hash, password_changed_at: instant(clock) })
      .where('key', '=', account.key)
      .execute();
    await proofs.use(trx, 'reset', row);
    await parts.mails.enqueue(trx, account.key, {
      kind: 'password_changed',
      to: account.email,
      language: account.locale,
      at: instant(clock),
      resetLink: parts.links.forgottenPassword(account.locale),
    });
    return done({ email: account.email, ended: await sessions.endIn(trx, account.key, {}) });
  });
  if (!outcome.ok) return outcome;
  sessions.tellEnded(outcome.value.ended);
  // Whoever has just proven to be the owner does not wait for what they mistyped before.
  await throttle.forgive(outcome.value.email, network);
  return done(undefined);
}

interface Account {
  key: number;
  id: string;
  email: string;
  display_name: string;
  locale: 'fr' | 'en';
}

const accountOf = (trx: Trx, key: number): Promise<Account | undefined> =>
  trx
    .selectFrom('accounts')
    .select(['key', 'id', 'email', 'display_name', 'locale'])
    .where('key', '=', key)
    .executeTakeFirst();

async function ownDataIn(store: Store, trx: Trx, account: Account): Promise<string[]> {
  const profile = await readEntity(store, trx, account.key, 'profile', account.id);
  return profile ? ownDataOf(profile) : [account.email, account.display_name];
}
