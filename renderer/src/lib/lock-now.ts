import { call } from './api.ts';
import { app } from './session.svelte.ts';
import { toasts } from './toasts.svelte.ts';

/** Locks the app at once; does nothing where no code is set. What is shown goes with the event that follows. */
export async function lockNow(): Promise<void> {
  if (app.lock && (app.lock.code === undefined || app.lock.locked)) return;
  const done = await call('lock.now');
  if (!done.ok) toasts.failure(done.error);
}
