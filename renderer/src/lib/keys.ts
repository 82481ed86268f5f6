import { m } from '#shared/i18n/generated/messages.js';
import { app } from './session.svelte.ts';

/** A shortcut as it is written on the keyboard at hand: Ctrl K, or ⌘K on a Mac. */
export function modKey(key: string): string {
  return app.info?.platform === 'macos' ? `⌘${key}` : `${m.app_key_ctrl()} ${key}`;
}
