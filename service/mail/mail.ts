import type { Instant } from '#shared/domain/time.ts';
import type { Trx } from '../store/schema.ts';

/** Everything that the service writes to people, by kind, with what its words need. Links are whole addresses. */
export type Mail = { to: string; language: 'fr' | 'en' } & (
  | { kind: 'activation'; link: string; code: string; firstName: string; hours: number }
  /** Somebody wants to open an account with an address that has one. */
  | { kind: 'already_customer'; resetLink: string; code: string; minutes: number }
  | { kind: 'password_reset'; link: string; code: string; minutes: number }
  /** The owner is told of what was done, with the way to undo it. */
  | { kind: 'password_changed'; at: Instant; deviceName?: string; resetLink: string }
  | { kind: 'new_device'; at: Instant; deviceName: string; platform: string }
  | { kind: 'suspicious_sign_in'; at: Instant; deviceName: string }
  /** To both addresses; `role` says to which of them. */
  | {
      kind: 'email_change';
      role: 'old' | 'new';
      oldEmail: string;
      newEmail: string;
      link: string;
      hours: number;
    }
  | { kind: 'email_changed'; oldEmail: string; newEmail: string }
  | { kind: 'deletion_requested'; deletedAt: Instant }
  | { kind: 'deletion_cancelled' }
  | { kind: 'account_deleted' }
);
export type MailKind = Mail['kind'];

/**
 * Mails wait in the database and leave later: what was decided and the mail that tells of it are kept or lost together, and a mail server
 * that is down loses nothing.
 */
export interface MailOutbox {
  /** Keeps the mail in this transaction; it leaves soon after the commit. */
  enqueue(trx: Trx, accountKey: number | undefined, mail: Mail): Promise<void>;
}
