import type { EntityType } from '#shared/domain/entities.ts';
import * as cache from './migrations/0001-cache.ts';
import * as changes from './migrations/0002-changes.ts';
import * as shares from './migrations/0003-shares.ts';
import * as changesBySubject from './migrations/0004-changes-by-subject.ts';
import * as undoes from './migrations/0005-undoes.ts';

export interface Migration {
  sql: string;
  /** Types whose rows for the screens are made anew from the stored values afterwards, by the code of today. */
  projectAgain?: readonly EntityType[];
  /** The same, of single orders: there may be too many to read all of them while somebody waits for the first screen. SQL over `orders`. */
  ordersAgain?: string;
}

/** In order, one a version: the n-th brings a database from version n - 1 to n. Entries are added, never changed. */
export const migrations: readonly Migration[] = [cache, changes, shares, changesBySubject, undoes];
