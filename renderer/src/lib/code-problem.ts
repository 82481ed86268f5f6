import type { AppError } from '#shared/ipc/errors.ts';
import { m } from '#shared/i18n/generated/messages.js';

/** What is wrong with the code of a mail, by the service's answer. */
export function refusedCode(error: AppError | undefined, forActivation: boolean): string | undefined {
  if (error?.kind !== 'link_invalid') return undefined;
  switch (error.linkProblem) {
    case 'used':
      return forActivation ? m.entry_code_used_activation() : m.entry_code_used();
    case 'expired':
      return m.entry_code_expired();
    case 'unknown':
    case undefined:
      return m.entry_code_unknown();
  }
}
