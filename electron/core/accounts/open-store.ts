import { toInstant } from '#shared/domain/calendar.ts';
import { DbError } from '../db/errors.ts';
import { setAside } from '../db/files.ts';
import { Store } from '../db/store.ts';
import type { Env } from '../env.ts';
import type { Key } from '../keys/derive.ts';
import type { Log } from '../log.ts';

interface Database {
  path: string;
  /** Undefined for one in clear. */
  key: Key | undefined;
  /** It was found to be damaged. */
  damaged: boolean | undefined;
}

/**
 * Opens the database. One that is damaged, or that a query has found to be, is set aside and started anew: the service still has
 * everything that was in it, and the journal has the changes that it does not have yet.
 */
export function openStore(
  { path, key, damaged }: Database,
  env: Pick<Env, 'clock' | 'beforeWrite'>,
  log: Log,
): Store {
  const open = (): Store => new Store(path, log, env.beforeWrite, key);
  if (damaged !== true) {
    try {
      return readable(open());
    } catch (error) {
      if (!(error instanceof DbError) || error.kind !== 'damaged') throw error;
      log('error', 'the database is damaged and set aside', { code: error.code });
    }
  }
  const now = env.clock.now();
  setAside(path, now);
  const store = open();
  store.noteRebuilt(toInstant(now));
  return store;
}

/** What opening an account reads first is read once before, so that damage to it shows while the database can still be replaced. */
function readable(store: Store): Store {
  try {
    store.reader.all('SELECT name, value FROM meta');
    return store;
  } catch (error) {
    store.closeNow();
    throw error;
  }
}
