import { m } from '#shared/i18n/generated/messages.js';
import type { AppError } from '#shared/ipc/errors.ts';
import { call } from './api.ts';
import { wordsFor } from './errors.ts';
import { app } from './session.svelte.ts';
import { toasts } from './toasts.svelte.ts';

/** What came of the last try; the next one makes it untrue. */
let told: number | undefined;

/** Tries to synchronise at once and says what came of it, since a person asked. */
export async function syncNow(): Promise<void> {
  const result = await call('sync.now');
  if (told !== undefined) toasts.dismiss(told);
  if (result.ok) app.sync = result.value;
  told = tell(result.ok ? result.value.problem : result.error);
}

function tell(problem: AppError | undefined): number | undefined {
  if (!problem) return toasts.add('ok', m.app_sync_up_to_date());
  // Being offline is no error.
  if (problem.kind === 'offline') return toasts.add('info', wordsFor(problem).title, m.app_offline_meaning());
  return toasts.failure(problem);
}
