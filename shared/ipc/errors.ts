import { z } from 'zod';
import { PASSWORD_PROBLEMS } from '../domain/password-rule.ts';

/**
 * Every failure that the window can meet, by kind. One table in the window (renderer/src/lib/errors) maps a kind to its
 * words, its severity and its way out, so a kind without words does not compile.
 */
export const AppErrorKind = z.enum([
  // the way to the service
  'offline', // no answer: no network, name unknown, connection refused or cut, time-out
  'service_unavailable', // it answers that it cannot, 5xx
  'throttled', // 429, retryAfterSeconds says how long
  'not_our_service', // something answers at that address, but it is not an account service
  'bad_answer', // its answer breaks the contract
  'upgrade_required', // the service no longer speaks this version of the app
  'service_too_old', // the service does not yet speak this version
  // the account
  'not_signed_in',
  'invalid_credentials',
  'session_expired',
  'not_activated', // the password is right, the activation mail was not followed yet
  'wrong_password', // the password that confirms a change
  'weak_password', // passwordProblems says why
  'locked', // the code of the app is asked for first
  'wrong_code', // it is another one, or none was given where one is set
  'not_encrypted', // no code can be set before somebody has signed in to the accounts that a former version has left in clear
  'link_invalid', // the link or code of a mail; linkProblem says why
  'changes_waiting', // signing out would lose changes that this computer alone knows: `count` wait, `refused` were refused
  // this computer
  'disk_full',
  'file_error', // a file could not be read or written; detail names the system's code
  'database_damaged',
  'database_newer', // written by a newer version of the app
  'database_busy', // another process holds it
  'invoice_damaged', // what arrived or what is kept does not match its hash
  'no_printer', // no printer could take the job, or none is installed
  'no_secret_storage', // the keyring does not give its part of what opens the accounts
  // the call
  'invalid_input',
  'untrusted_sender',
  'not_found',
  'unreadable_file', // a file that a person chose is not what it should be; reason says why
  'cancelled',
  'engine_restarted', // the engine died while the call was under way; asking again is safe
  'internal',
]);
export type AppErrorKind = z.infer<typeof AppErrorKind>;

/** What a file is in place of what it should be, where that can be told. */
export const UnreadableReason = z.enum(['empty', 'workbook', 'not_text', 'unclosed_quote', 'too_large']);
export type UnreadableReason = z.infer<typeof UnreadableReason>;

export const AppError = z.object({
  kind: AppErrorKind,
  retryAfterSeconds: z.int().min(0).optional(),
  /** With `changes_waiting`: absent when none waits. */
  count: z.int().min(1).optional(),
  /** With `changes_waiting`: refused ones that nobody has decided about; absent when there are none. */
  refused: z.int().min(1).optional(),
  /** For `weak_password`. */
  passwordProblems: z.array(z.enum(PASSWORD_PROBLEMS)).optional(),
  /** For `link_invalid`. */
  linkProblem: z.enum(['unknown', 'used', 'expired']).optional(),
  /** For `unreadable_file`. */
  reason: UnreadableReason.optional(),
  /** For the "details" fold and for support: technical, English, free of personal data. */
  detail: z.string().max(1000).optional(),
});
export type AppError = z.infer<typeof AppError>;

export type Result<T> = { ok: true; value: T } | { ok: false; error: AppError };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = (
  kind: AppErrorKind,
  extra: Omit<AppError, 'kind'> = {},
): { ok: false; error: AppError } => ({
  ok: false,
  error: { kind, ...extra },
});
