import { setTimeout } from 'node:timers/promises';

/** How what takes time is waited for. */
export interface Patience {
  /** A longer wait is not begun. */
  longestSeconds: number;
  /** Lets so long go by at the service. */
  pass(seconds: number): Promise<void>;
}

/** Waits in earnest, since the service's clock cannot be set from here. */
export const waiting = (longestSeconds: number): Patience => ({
  longestSeconds,
  async pass(seconds) {
    await setTimeout(seconds * 1000);
  },
});
