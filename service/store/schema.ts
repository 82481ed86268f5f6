import type { Generated, Kysely, Transaction } from 'kysely';
import type { ConsentPurpose } from '#shared/domain/profile.ts';

/** Facts about this database, by name: see meta.ts. */
interface MetaTable {
  name: string;
  value: string;
}

interface AccountsTable {
  /** Small and internal, so that the indexes of the feed stay small; people and programs outside see `id`. */
  key: Generated<number>;
  id: string;
  email: string;
  password_hash: string;
  /** These three follow the profile entity: see feed.ts. */
  kind: 'private' | 'garage';
  display_name: string;
  locale: 'fr' | 'en';
  /** The revision of the account's newest change. */
  rev: number;
  /** The newest revision of a purged tombstone: an older cursor may have missed a deletion. */
  purged_rev: number;
  created_at: string;
  /** Null until the link of the activation mail was followed. */
  activated_at: string | null;
  /** Null while it is still the one that the account was opened with. */
  password_changed_at: string | null;
  deletion_requested_at: string | null;
  /** When the account goes (see deletion.ts), unless its owner changes their mind; null for one that stays. */
  deleted_at: string | null;
}

interface EntitiesTable {
  account_key: number;
  type: string;
  id: string;
  rev: number;
  /** Where it stands in a snapshot (see place.ts); null for a tombstone. */
  place: string | null;
  /** The whole change as the wire carries it, so that a page is assembled without parsing anything. */
  change: string;
  deleted_at: string | null;
  /** When the service deletes it by itself (see expiry.ts), by its own clock; null for what stays. */
  expires_at: string | null;
}

/** A row from the first push on: a replica that only reads has nothing to remember. */
interface ReplicasTable {
  account_key: number;
  replica_id: string;
  last_seq: number;
}

/** What became of each mutation, under each name that it was sent by. Kept for ever: it is what makes a push safe to repeat. */
interface MutationsTable {
  account_key: number;
  replica_id: string;
  seq: number;
  /** The device's own; a mutation is run once for each id. */
  id: string;
  outcome: 'applied' | 'rejected';
  /** Why it was rejected; null for what was applied. */
  kind: string | null;
  field: string | null;
  /** JSON of the value that stood when it was rejected; kept for a while (see purge.ts). */
  present: string | null;
  taken_at: string;
}

/** A session is one sign-in: the family of refresh tokens that descend from it. */
interface SessionsTable {
  id: string;
  account_key: number;
  device_name: string;
  device_platform: string;
  app_version: string;
  created_at: string;
  expires_at: string;
  ended_at: string | null;
  ended_because: 'sign_out' | 'reuse' | 'ended' | null;
  /** To the minute; null for a session that was never used since it was opened. */
  last_seen_at: string | null;
}

/** Devices that an account was signed in from, so that a new one can be told of. Kept longer than their sessions. */
interface KnownDevicesTable {
  account_key: number;
  device_name: string;
  device_platform: string;
  first_seen_at: string;
}

/** Kept in clear, since sign-in answers it; in no other answer and in no log: see accounts/device-secret.ts. */
interface DeviceSecretsTable {
  account_key: number;
  secret: string;
}

interface SuspiciousSignInsTable {
  id: string;
  account_key: number;
  /** Null once the session is forgotten. */
  session_id: string | null;
  at: string;
  device_name: string;
  reason: 'many_failures' | 'token_reuse' | 'reported';
  answered_at: string | null;
}

/** A change of an account's address, until both addresses have agreed. */
interface EmailChangesTable {
  id: string;
  account_key: number;
  new_email: string;
  old_token_hash: string;
  new_token_hash: string;
  expires_at: string;
  old_confirmed_at: string | null;
  new_confirmed_at: string | null;
  /** When it was done, given up or replaced by another. */
  ended_at: string | null;
}

/** What was ever allowed or refused: rows are added, never changed. */
interface ConsentChoicesTable {
  key: Generated<number>;
  account_key: number;
  purpose: ConsentPurpose;
  granted: number;
  at: string;
  source: 'sign_up' | 'app';
}

/** Invoices of deleted accounts, without anything that leads back to one: see deletion.ts. */
interface RetainedInvoicesTable {
  key: Generated<number>;
  number: string;
  issued_on: string;
  /** JSON of all that the invoice says, from which its PDF can be made. */
  content: string;
  /** Of the PDF; null when it was never asked for. */
  sha256: string | null;
  size: number | null;
  /** The last day on which it has to be there. */
  delete_after: string;
}

/**
 * An account that somebody asked for. There may be several for one address, by different people: each is opened by the mails that were
 * sent for it, and by nothing else.
 */
interface SignUpsTable {
  id: string;
  email: string;
  /** Hashed under the service's secret, as everywhere here. */
  network: string;
  /** Salted by the address, so that one computation compares a password with all of an address. */
  password_hash: string;
  /** JSON of what was typed, without address and password. */
  wanted: string;
  created_at: string;
  expires_at: string;
}

/**
 * One row for each mail with a link and a code that was asked for, also where there was nothing to send: the rows are what asking is
 * throttled by, and must not tell who has an account. Addresses stand in it as hashes under the service's secret.
 */
interface MailProofsTable {
  token_hash: string;
  code_hash: string;
  asked: 'sign_up' | 'activation' | 'reset';
  /** What it opens; for a row without a target, what it would. */
  purpose: 'activation' | 'reset';
  recipient: string;
  network: string;
  /** 0 when the mailbox had had enough. */
  mailed: number;
  sign_up_id: string | null;
  account_key: number | null;
  created_at: string;
  expires_at: string;
  used_at: string | null;
  /** Typed for this mailbox and purpose since the mail, whether it has an account or not. */
  wrong_codes: Generated<number>;
}

interface RefreshTokensTable {
  hash: string;
  session_id: string;
  used_at: string | null;
}

interface AccessTokensTable {
  hash: string;
  session_id: string;
  expires_at: string;
}

interface ThrottlesTable {
  key: string;
  failures: number;
  last_failure_at: string | null;
  succeeded_at: string | null;
}

interface DocumentsTable {
  account_key: number;
  invoice_id: string;
  sha256: string;
  size: number;
  created_at: string;
}

/** A mail that waits, or what is left of one: once it has left, only what it was and when (see mail/outbox.ts). */
interface MailsTable {
  key: Generated<number>;
  /** Stands in the mail as its Message-ID. */
  id: string;
  account_key: number | null;
  /** A MailKind, which the words of service/mail know. */
  kind: string;
  language: 'fr' | 'en';
  /** These two are null once nobody will send it (any more). */
  recipient: string | null;
  /** JSON of what the words of its kind need: links and codes among it. */
  data: string | null;
  created_at: string;
  /** When its link has expired, or nobody would want to read it any more. */
  worthless_at: string;
  /** When somebody may take it up; null once it has left or was given up. While it is being sent: when it may be taken for abandoned. */
  next_try_at: string | null;
  attempts: number;
  /** How often the mail server wanted this very mail later. */
  deferrals: number;
  sent_at: string | null;
  failed_at: string | null;
  failed_because: 'refused' | 'worthless' | null;
}

export interface Tables {
  meta: MetaTable;
  accounts: AccountsTable;
  entities: EntitiesTable;
  replicas: ReplicasTable;
  mutations: MutationsTable;
  sessions: SessionsTable;
  sign_ups: SignUpsTable;
  mail_proofs: MailProofsTable;
  refresh_tokens: RefreshTokensTable;
  access_tokens: AccessTokensTable;
  throttles: ThrottlesTable;
  documents: DocumentsTable;
  known_devices: KnownDevicesTable;
  device_secrets: DeviceSecretsTable;
  suspicious_sign_ins: SuspiciousSignInsTable;
  email_changes: EmailChangesTable;
  consent_choices: ConsentChoicesTable;
  retained_invoices: RetainedInvoicesTable;
  mails: MailsTable;
}

export type Db = Kysely<Tables>;
export type Trx = Transaction<Tables>;
