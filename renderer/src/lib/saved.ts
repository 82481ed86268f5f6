import { m } from '#shared/i18n/generated/messages.js';
import type { Output } from '#shared/ipc/contract.ts';
import type { Result } from '#shared/ipc/errors.ts';
import { toasts } from './toasts.svelte.ts';

/** Says where a file was written, or why it was not. A person's "cancel" needs no answer. */
export function saved(result: Result<Output<'orders.saveCsv'>>): void {
  if (!result.ok) toasts.failure(result.error);
  else if (result.value.saved) {
    const { count, path } = result.value;
    toasts.add('ok', m.app_saved({ count }), path);
  }
}
