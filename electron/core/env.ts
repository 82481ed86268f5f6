/** What the engine takes from the outside world besides its host; tests replace single members. */
export interface Env {
  fetch: typeof globalThis.fetch;
  clock: Clock;
  /** 0 ≤ n < 1; only spreads retries in time. */
  random: () => number;
}

export interface Clock {
  /** Milliseconds since 1970 by the computer's clock, which people and time services set. */
  now: () => number;
  /** Milliseconds that only ever grow, for durations. */
  monotonic: () => number;
  /** Calls back after so many milliseconds; the answer cancels it. */
  after: (ms: number, callback: () => void) => () => void;
}

const MAX_TIMER_MS = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, Math.min(Math.max(0, ms), MAX_TIMER_MS));
    return () => clearTimeout(timer);
  },
};

export const systemEnv: Env = {
  fetch: (input, init) => globalThis.fetch(input, init),
  clock: systemClock,
  random: () => Math.random(),
};
