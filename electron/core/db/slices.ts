import { DbError } from './errors.ts';

const SLICE_MS = 4;

/**
 * Cuts long work into slices of a few milliseconds, so that queries are answered in between.
 * Asking costs next to nothing: `if (slices.due()) await slices.pause()`.
 */
export class Slices {
  readonly #ended: () => boolean;
  #started = performance.now();

  constructor(ended: () => boolean = () => false) {
    this.#ended = ended;
  }

  due(): boolean {
    return performance.now() - this.#started >= SLICE_MS;
  }

  /** Throws when the work is no longer wanted. */
  async pause(): Promise<void> {
    await new Promise<void>((resume) => setImmediate(resume));
    if (this.#ended()) throw new DbError('other', 'store_closed');
    this.#started = performance.now();
  }
}
