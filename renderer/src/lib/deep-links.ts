import type { DeepLink } from '#shared/ipc/settings.ts';
import { m } from '#shared/i18n/generated/messages.js';
import { call, on } from './api.ts';
import { entry } from './entry.svelte.ts';
import { toasts } from './toasts.svelte.ts';

/**
 * Takes the links that the app is opened with, those that came before this page included; answers how to stop. They prove nothing: with an account
 * they have the service asked, and whatever is true shows by itself. While another one is added, links about opening it and its password mean that one.
 */
export function followLinks({ signedOut, adding }: { signedOut: boolean; adding: boolean }): () => void {
  const take = async (): Promise<void> => {
    const taken = await call('app.takeDeepLink');
    if (!taken.ok || !taken.value) return;
    if (signedOut || (adding && taken.value !== 'email-changed')) entry.hint(taken.value);
    else await askAgain(taken.value);
  };
  void take();
  return on('deep_link', () => void take());
}

async function askAgain(link: DeepLink): Promise<void> {
  toasts.add('info', link === 'email-changed' ? m.entry_link_email_changed() : m.entry_link_checked());
  await call('sync.now');
}
