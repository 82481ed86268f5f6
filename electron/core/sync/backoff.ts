const FIRST_MS = 1000;
const LONGEST_MS = 5 * 60_000;

/**
 * How long to wait before the next try after `failures` failures in a row (1, 2, …): exponential with full jitter, so that the clients of a
 * service that comes back do not all return in the same second. A wait that the service asked for is kept, then spread a little.
 */
export function backoffMs(failures: number, random: () => number, retryAfterSeconds?: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 16));
  const jittered = Math.max(FIRST_MS, random() * ceiling);
  if (retryAfterSeconds === undefined) return jittered;
  return retryAfterSeconds * 1000 + random() * Math.min(ceiling, 10_000);
}
