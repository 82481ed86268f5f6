import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Uuid } from '#shared/domain/ids.ts';
import type { PasswordChange } from '#shared/protocol/account.ts';
import { instant, type Clock } from '../clock.ts';
import { done, failed, type Result } from '../failures.ts';
import type { Links } from '../mail/links.ts';
import type { MailOutbox } from '../mail/mail.ts';
import { readEntity } from '../sync/read-entity.ts';
import { confirmPassword, type ConfirmParts } from './confirm-password.ts';
import { checkPassword, ownDataOf } from './password-check.ts';
import type { Sessions } from './sessions.ts';

export interface PasswordChangeParts extends ConfirmParts {
  clock: Clock;
  sessions: Sessions;
  mails: MailOutbox;
  links: Links;
}

/** Gives an account another password and tells its owner. The asking session goes on; the others, as asked. */
export async function changePassword(
  parts: PasswordChangeParts,
  asking: { accountKey: number; id: Uuid },
  { password, newPassword, endOtherSessions }: z.infer<typeof PasswordChange>,
  address: string,
): Promise<Result<void>> {
  const { store, clock, passwords, sessions, mails, links } = parts;
  const confirmed = await confirmPassword(parts, asking.accountKey, password, address);
  if (!confirmed.ok) return confirmed;
  const { key, id, email, locale, passwordHash } = confirmed.value;
  const profile = await readEntity(store, store.db, key, 'profile', id);
  const weak = checkPassword(newPassword, profile ? ownDataOf({ ...profile, email }) : [email]);
  if (weak) return weak;
  const newHash = await passwords.hashWith(newPassword, randomBytes(16));
  if (newHash === 'busy') return failed('unavailable', 'Too many passwords at this moment.', 2);
  const at = instant(clock);
  const ended = await store.db.transaction().execute(async (trx) => {
    const changed = await trx
      .updateTable('accounts')
      .set({ password_hash: newHash, password_changed_at: at })
      .where('key', '=', key)
      .where('password_hash', '=', passwordHash)
      .returning('key')
      .executeTakeFirst();
    if (!changed) return undefined;
    const { device_name: deviceName } = await trx
      .selectFrom('sessions')
      .select('device_name')
      .where('id', '=', asking.id)
      .executeTakeFirstOrThrow();
    await mails.enqueue(trx, key, {
      kind: 'password_changed',
      to: email,
      language: locale,
      at,
      deviceName,
      resetLink: links.forgottenPassword(locale),
    });
    return endOtherSessions ? sessions.endIn(trx, key, { allBut: asking.id }) : [];
  });
  if (!ended) return failed('wrong_password', 'The password was changed elsewhere at this moment.');
  sessions.tellEnded(ended);
  return done(undefined);
}
