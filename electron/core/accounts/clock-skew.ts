import type { Clock } from '../env.ts';

const TOLD_MS = 5 * 60_000;

/** How far the computer's clock is from the service's. */
export class ClockSkew {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #onTold: () => void;
  #ms = 0;

  /** `onTold` is called when there begins or ends to be something to tell. */
  constructor(clock: Pick<Clock, 'now'>, onTold: () => void) {
    this.#clock = clock;
    this.#onTold = onTold;
  }

  /** The time that the service has just said it is, in milliseconds since 1970. */
  note(serverTime: number): void {
    // The header has whole seconds and has travelled; only minutes matter here.
    const before = this.#isTold;
    this.#ms = this.#clock.now() - serverTime;
    if (before !== this.#isTold) this.#onTold();
  }

  /** So many seconds the computer is ahead, less than 0 when it is behind; undefined while that is nothing to speak of. */
  get seconds(): number | undefined {
    return this.#isTold ? Math.round(this.#ms / 1000) : undefined;
  }

  get #isTold(): boolean {
    return Math.abs(this.#ms) > TOLD_MS;
  }
}
