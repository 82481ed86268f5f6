import { toInstant, type Instant } from '#shared/domain/time.ts';

/** Milliseconds since 1970, injected so that tests decide what time it is. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

export const instant = (clock: Clock): Instant => toInstant(clock.now());
