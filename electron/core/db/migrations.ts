import * as cache from './migrations/0001-cache.ts';

/** In order, one a version: the n-th brings a database from version n - 1 to n. Entries are added, never changed. */
export const migrations: readonly { sql: string }[] = [cache];
