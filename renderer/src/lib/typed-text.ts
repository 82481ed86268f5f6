import { m } from '#shared/i18n/generated/messages.js';

/** As the schemas of the contract have it, which stay out of the window: they would make it heavier. */
const EMAIL = /^(?!\.)(?!.*\.\.)([a-z0-9_'+\-.]*)[a-z0-9_+-]@([a-z0-9][a-z0-9-]*\.)+[a-z]{2,}$/i;
const UNWANTED = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Cs}/u;
const CODE = /^[2-9A-HJ-NP-Z]{8}$/;

export function emailProblem(typed: string): string | undefined {
  const email = typed.trim();
  if (email === '') return m.app_sign_in_email_missing();
  return EMAIL.test(email) ? undefined : m.entry_email_wrong();
}

/** For one line that must not stay empty. */
export function lineProblem(typed: string): string | undefined {
  if (typed.trim() === '') return m.account_required();
  return UNWANTED.test(typed) ? m.entry_text_wrong() : undefined;
}

/** The code of a mail, however it was typed or pasted. */
export function codeProblem(typed: string): string | undefined {
  if (typed.trim() === '') return m.account_required();
  return CODE.test(typed.replace(/[\s-]+/g, '').toUpperCase()) ? undefined : m.entry_code_wrong();
}
