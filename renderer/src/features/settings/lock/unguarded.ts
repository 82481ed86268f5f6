import { app } from '#lib/session.svelte.ts';

/** Nothing but the code itself stands before the data of whoever copies the disk. */
export function unguarded(): boolean {
  return app.lock?.guarded === false || app.info?.secretStorage === 'unavailable';
}
