import type { AppError, AppErrorKind } from '#shared/ipc/errors.ts';
import { m } from '#shared/i18n/generated/messages.js';

/** `info`: it solves itself. `warn`: something does not work for now. `bad`: a person must do something. */
export type Severity = 'info' | 'warn' | 'bad';
export type WayOut =
  'retry' | 'sign_in' | 'check_address' | 'download_again' | 'free_space' | 'update' | 'none';

type Entry = { severity: Severity; wayOut: WayOut; title: () => string; meaning: () => string };

const entry = (severity: Severity, wayOut: WayOut, title: () => string, meaning: () => string): Entry => ({
  severity,
  wayOut,
  title,
  meaning,
});

/** Every failure the window can meet: what happened, what it means for the person, and what can be done. */
const table: Record<AppErrorKind, Entry> = {
  offline: entry('info', 'retry', m.app_error_offline, m.app_error_offline_meaning),
  service_unavailable: entry(
    'info',
    'retry',
    m.app_error_service_unavailable,
    m.app_error_service_unavailable_meaning,
  ),
  throttled: entry('warn', 'retry', m.app_error_throttled, m.app_error_throttled_meaning),
  not_our_service: entry(
    'bad',
    'check_address',
    m.app_error_not_our_service,
    m.app_error_not_our_service_meaning,
  ),
  bad_answer: entry('warn', 'retry', m.app_error_bad_answer, m.app_error_bad_answer_meaning),
  upgrade_required: entry(
    'bad',
    'update',
    m.app_error_upgrade_required,
    m.app_error_upgrade_required_meaning,
  ),
  service_too_old: entry(
    'bad',
    'check_address',
    m.app_error_service_too_old,
    m.app_error_service_too_old_meaning,
  ),
  not_signed_in: entry('bad', 'sign_in', m.app_error_not_signed_in, m.app_error_not_signed_in_meaning),
  invalid_credentials: entry(
    'bad',
    'none',
    m.app_error_invalid_credentials,
    m.app_error_invalid_credentials_meaning,
  ),
  session_expired: entry('warn', 'sign_in', m.app_error_session_expired, m.app_error_session_expired_meaning),
  not_activated: entry('warn', 'none', m.app_error_not_activated, m.app_error_not_activated_meaning),
  wrong_password: entry('bad', 'none', m.app_error_wrong_password, m.app_error_wrong_password_meaning),
  weak_password: entry('bad', 'none', m.app_error_weak_password, m.app_error_weak_password_meaning),
  locked: entry('warn', 'none', m.app_error_locked, m.app_error_locked_meaning),
  wrong_code: entry('bad', 'none', m.app_error_wrong_code, m.app_error_wrong_code_meaning),
  not_encrypted: entry('warn', 'sign_in', m.app_error_not_encrypted, m.app_error_not_encrypted_meaning),
  link_invalid: entry('bad', 'none', m.app_error_link_invalid, m.app_error_link_invalid_meaning),
  changes_waiting: entry('warn', 'retry', m.app_error_changes_waiting, m.app_error_changes_waiting_meaning),
  disk_full: entry('bad', 'free_space', m.app_error_disk_full, m.app_error_disk_full_meaning),
  file_error: entry('bad', 'retry', m.app_error_file_error, m.app_error_file_error_meaning),
  database_damaged: entry('bad', 'retry', m.app_error_database_damaged, m.app_error_database_damaged_meaning),
  database_newer: entry('bad', 'update', m.app_error_database_newer, m.app_error_database_newer_meaning),
  database_busy: entry('warn', 'retry', m.app_error_database_busy, m.app_error_database_busy_meaning),
  invoice_damaged: entry(
    'warn',
    'download_again',
    m.app_error_invoice_damaged,
    m.app_error_invoice_damaged_meaning,
  ),
  no_printer: entry('warn', 'retry', m.app_error_no_printer, m.app_error_no_printer_meaning),
  no_secret_storage: entry(
    'warn',
    'none',
    m.app_error_no_secret_storage,
    m.app_error_no_secret_storage_meaning,
  ),
  invalid_input: entry('bad', 'none', m.app_error_invalid_input, m.app_error_invalid_input_meaning),
  untrusted_sender: entry('bad', 'none', m.app_error_untrusted_sender, m.app_error_untrusted_sender_meaning),
  not_found: entry('warn', 'none', m.app_error_not_found, m.app_error_not_found_meaning),
  unreadable_file: entry(
    'bad',
    'none',
    m.changes_error_unreadable_file,
    m.changes_error_unreadable_file_meaning,
  ),
  cancelled: entry('info', 'none', m.app_error_cancelled, m.app_error_cancelled_meaning),
  engine_restarted: entry(
    'warn',
    'retry',
    m.app_error_engine_restarted,
    m.app_error_engine_restarted_meaning,
  ),
  internal: entry('bad', 'retry', m.app_error_internal, m.app_error_internal_meaning),
};

export type ErrorWords = { severity: Severity; wayOut: WayOut; title: string; meaning: string };

export function wordsFor(error: AppError): ErrorWords {
  const { severity, wayOut, title, meaning } = table[error.kind];
  return { severity, wayOut, title: title(), meaning: meaning() };
}
