import type { EntityType } from '#shared/domain/entities.ts';
import * as cache from './migrations/0001-cache.ts';
import * as changes from './migrations/0002-changes.ts';

interface Migration {
  sql: string;
  /** Types whose rows for the screens are made anew from the stored values afterwards, by the code of today. */
  projectAgain?: readonly EntityType[];
}

/** In order, one a version: the n-th brings a database from version n - 1 to n. Entries are added, never changed. */
export const migrations: readonly Migration[] = [cache, changes];
