/** Seeds that have found something, and what it was. They are played first, always. */
export const REGRESSIONS: readonly (readonly [seed: number, found: string])[] = [];
