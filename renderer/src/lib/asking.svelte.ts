import type { AppError, Result } from '#shared/ipc/errors.ts';
import { withDeadline } from './api.ts';
import { Countdown } from './countdown.svelte.ts';

/** Longer than the engine's own time-outs: reached only when the engine itself does not answer. */
const PATIENCE_MS = 45_000;
/** When the service says "later" without saying when. */
const UNTOLD_WAIT_S = 30;

/** One question to the service that a person waits for: busy, refused, or to be asked later. */
export class Asking {
  busy = $state(false);
  error = $state.raw<AppError>();
  readonly wait = new Countdown();

  readonly blocked = $derived(this.busy || this.wait.left > 0);

  /** Asks, unless an answer or a wait is pending: then, and when it fails, it answers undefined. */
  async run<T>(ask: () => Promise<Result<T>>): Promise<{ value: T } | undefined> {
    if (this.blocked) return undefined;
    this.busy = true;
    this.error = undefined;
    const result = await withDeadline(PATIENCE_MS, ask());
    this.busy = false;
    if (result.ok) return { value: result.value };
    this.error = result.error;
    if (result.error.kind === 'throttled') {
      this.wait.start(result.error.retryAfterSeconds ?? UNTOLD_WAIT_S, () => (this.error = undefined));
    }
    return undefined;
  }

  stop(): void {
    this.wait.stop();
  }
}
