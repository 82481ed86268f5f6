import { m } from '#shared/i18n/generated/messages.js';
import { call } from './api.ts';
import { app } from './session.svelte.ts';
import { toasts } from './toasts.svelte.ts';

/** Tries to synchronise at once and says what came of it, since a person asked. */
export async function syncNow(): Promise<void> {
  const result = await call('sync.now');
  if (!result.ok) {
    toasts.failure(result.error);
    return;
  }
  app.sync = result.value;
  if (result.value.problem) toasts.failure(result.value.problem);
  else toasts.add('ok', m.app_sync_up_to_date());
}
