import { m } from '#shared/i18n/generated/messages.js';
import { call } from './api.ts';
import { toasts } from './toasts.svelte.ts';

/** Puts text on the clipboard and says so. */
export async function copy(text: string): Promise<void> {
  const result = await call('app.copy', { text });
  if (result.ok) toasts.add('ok', m.app_copied(), text.length <= 60 ? text : undefined);
  else toasts.failure(result.error);
}
