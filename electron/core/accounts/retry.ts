import { toInstant } from '#shared/domain/calendar.ts';
import type { Env } from '../env.ts';
import { backoffMs } from '../sync/backoff.ts';

/** Calls for another try later, a little later each time. */
export class Retry {
  nextTryAt: string | undefined;
  readonly #env: Pick<Env, 'clock' | 'random'>;
  readonly #attempt: () => void;
  #failures = 0;
  #cancel: () => void = () => undefined;

  constructor(env: Pick<Env, 'clock' | 'random'>, attempt: () => void) {
    this.#env = env;
    this.#attempt = attempt;
  }

  /** After a failure. */
  plan(): void {
    this.#cancel();
    this.#failures += 1;
    const wait = backoffMs(this.#failures, this.#env.random);
    this.nextTryAt = toInstant(this.#env.clock.now() + wait);
    this.#cancel = this.#env.clock.after(wait, this.#attempt);
  }

  /** Somebody asks for a try now: the next failure counts as the first. */
  startOver(): void {
    this.#failures = 0;
  }

  /** Nothing is to be tried any more. */
  stop(): void {
    this.#cancel();
    this.#failures = 0;
    this.nextTryAt = undefined;
  }
}
