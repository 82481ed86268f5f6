import { m } from '#shared/i18n/generated/messages.js';
import { app } from './session.svelte.ts';

/** What something that only the service can do waits for, in words; undefined when it can be tried. */
export function waitsFor(): string | undefined {
  if (app.session?.state === 'expired') return m.security_waits_sign_in();
  return app.sync?.phase === 'offline' ? m.security_waits_network() : undefined;
}
