import type { Result } from '#shared/ipc/errors.ts';
import type { LockState } from '#shared/ipc/lock.ts';
import { m } from '#shared/i18n/generated/messages.js';
import { call } from './api.ts';
import { Asking } from './asking.svelte.ts';
import { app } from './session.svelte.ts';
import { waitWords } from './wait-words.ts';

/** Codes that are tried against the one that is set: after some wrong ones nobody may try for a while, whoever asks and wherever. */
export class CodeAttempt {
  readonly asking = new Asking();
  /** A wait that this window has seen is over. */
  again = $state(false);
  /** What the wait was when it was told. Counting down in words that are read aloud would never end. */
  #told = $state(0);

  /** What is wrong with the code, for beside its field; undefined when it is not about the code. */
  readonly problem = $derived.by(() => {
    const count = app.lock?.failures ?? 0;
    if (count === 0) return undefined;
    if (this.asking.wait.left > 0) return m.lock_wrong_wait({ count, time: waitWords(this.#told) });
    return this.asking.error?.kind === 'wrong_code' ? m.lock_wrong({ count }) : undefined;
  });

  /** Whether the code was right. */
  async run(ask: () => Promise<Result<LockState>>): Promise<boolean> {
    if (this.asking.blocked) return false;
    this.again = false;
    const done = await this.asking.run(ask);
    if (done) {
      app.lock = done.value;
      return true;
    }
    const kind = this.asking.error?.kind;
    if (kind === 'wrong_code' || kind === 'throttled') await this.look();
    return false;
  }

  /** How many were wrong, and for how long nobody may try: also what was done elsewhere, or before the app was started. */
  async look(): Promise<void> {
    const state = await call('lock.get');
    if (!state.ok) return;
    app.lock = state.value;
    const { waitSeconds } = state.value;
    if (waitSeconds === undefined) return;
    this.#told = waitSeconds;
    this.asking.wait.start(waitSeconds, () => {
      this.asking.error = undefined;
      this.again = true;
    });
  }

  stop(): void {
    this.asking.stop();
  }
}
