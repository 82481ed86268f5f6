import type { AppError } from '#shared/ipc/errors.ts';
import type { SecurityView } from '#shared/ipc/security.ts';
import { call } from './api.ts';
import { liveQuery, type Latest } from './live-query.svelte.ts';
import { waitsFor } from './reach.ts';

/** What is known of the account's safety, from this computer. */
export function knownSecurity(): Latest<SecurityView> {
  return liveQuery(() => call('security.get'), ['security']);
}

/** The same for a screen about it: asked for anew when the screen opens, and when the service can be reached again. */
export class AskedSecurity {
  readonly query = knownSecurity();
  readonly view = $derived(this.query.value);
  /** Why the service has not answered this time. */
  problem = $state.raw<AppError>();
  asking = $state(false);

  constructor() {
    $effect(() => {
      if (waitsFor() === undefined) void this.ask();
    });
  }

  async ask(): Promise<void> {
    this.asking = true;
    const result = await call('security.refresh');
    this.asking = false;
    this.problem = result.ok ? undefined : result.error;
  }
}
