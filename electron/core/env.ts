import { STRETCH_N } from './keys/stretch.ts';
import { newId } from './new-id.ts';
import type { NodeTransport } from './service/node-transport.ts';
import type { Transport } from './service/transport.ts';

/** What the engine takes from the outside world besides its host; tests replace single members. */
export interface Env {
  /** The way to the service; Node's own HTTP client unless a test takes its place. */
  transport: Transport;
  clock: Clock;
  /** 0 ≤ n < 1; only spreads retries in time. */
  random: () => number;
  /** A new UUIDv7; a simulation takes its own, so that a seed decides them. */
  newId: () => string;
  /** scrypt's N for new codes, a power of two: how much work each try is. A test that tries many takes less. */
  stretchN: number;
  /** So many changes may wait or be undecided; a test that reaches it takes fewer. */
  mostChanges: number;
  /**
   * Called before everything that is written to the disk: each SQL statement of the writing connection, its COMMIT, each write to the journal, and each
   * of the files of keys and of accounts.
   * When it throws, what was to be written is not: a test can stop an engine anywhere, and look at what it has left.
   */
  beforeWrite?: (what: string) => void;
}

export interface Clock {
  /** Milliseconds since 1970 by the computer's clock, which people and time services set. */
  now: () => number;
  /** Milliseconds that only ever grow, for durations. */
  monotonic: () => number;
  /** Calls back after so many milliseconds; the answer cancels it. */
  after: (ms: number, callback: () => void) => () => void;
}

/** Nobody makes more by hand without ever being online; what is bounded can be measured. */
const MOST_CHANGES = 50_000;
const MAX_TIMER_MS = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, Math.min(Math.max(0, ms), MAX_TIMER_MS));
    return () => clearTimeout(timer);
  },
};

/** The real ones, each loaded when it is first needed, and what to call when they are no longer needed. */
export function systemEnv(): { env: Env; close: () => void } {
  let loading: Promise<NodeTransport> | undefined;
  const load = (): Promise<NodeTransport> =>
    (loading ??= import('./service/node-transport.ts').then(({ nodeTransport }) => nodeTransport()));
  const transport: Transport = async (request) => (await load()).transport(request);
  const close = (): void => void loading?.then((loaded) => loaded.close());
  return {
    env: {
      transport,
      clock: systemClock,
      random: () => Math.random(),
      newId: () => newId(Date.now()),
      stretchN: STRETCH_N,
      mostChanges: MOST_CHANGES,
    },
    close,
  };
}
