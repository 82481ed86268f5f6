import { m } from '#shared/i18n/generated/messages.js';
import { call } from './api.ts';
import { toasts } from './toasts.svelte.ts';

/** Takes back that the account is to be deleted, and says what came of it. */
export async function keepAccount(): Promise<void> {
  const result = await call('security.keepAccount');
  if (result.ok) toasts.add('ok', m.security_deletion_kept());
  else toasts.failure(result.error);
}
