import type { Clock } from '../env.ts';

/** Wrong codes in a row, as they stand in the file. */
export interface Tries {
  failures: number;
  /** When the last one was given, by the computer's clock. */
  at: number;
}

export const NO_TRIES: Tries = { failures: 0, at: 0 };

/** So many may be mistyped before anybody has to wait. */
const FREE = 3;
const FIRST_WAIT_MS = 5000;
/** Whoever owns the computer is never kept out for longer. */
const LONGEST_WAIT_MS = 15 * 60_000;

/** 5 seconds after the third wrong code, then twice as long after each. */
export function waitAfter(failures: number): number {
  if (failures < FREE) return 0;
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - FREE));
}

export function isTries(value: unknown): value is Tries {
  if (typeof value !== 'object' || value === null) return false;
  const { failures, at } = value as Record<string, unknown>;
  return Number.isSafeInteger(failures) && (failures as number) >= 0 && Number.isFinite(at);
}

/**
 * How long nobody may try. While the app runs it goes by the clock that nobody can set; after a start by the computer's, and from the start on when
 * that was set back meanwhile: neither a restart nor another date makes it shorter, and a date that was wrong does not make it longer.
 */
export class Wait {
  readonly #clock: Clock;
  #until: number;

  constructor(clock: Clock, { failures, at }: Tries) {
    this.#clock = clock;
    const passed = Math.max(0, clock.now() - at);
    this.#until = clock.monotonic() + Math.max(0, waitAfter(failures) - passed);
  }

  /** After another wrong code. */
  start(failures: number): void {
    this.#until = this.#clock.monotonic() + waitAfter(failures);
  }

  /** Whole seconds; 0 when a code is looked at. */
  get seconds(): number {
    return Math.max(0, Math.ceil((this.#until - this.#clock.monotonic()) / 1000));
  }
}
