import type { Env } from '../env.ts';
import type { InvoiceFiles } from '../invoices/files.ts';
import type { Following } from '../security/following.ts';
import type { Session } from '../service/session.ts';
import { Sync } from '../sync/sync.ts';
import type { Pulling } from './pulling.ts';
import type { Tidying } from './tidying.ts';

interface Ports {
  session: Session;
  pulling: Pulling;
  files: InvoiceFiles;
  safety: Following;
  tidying: Tidying;
  onState: () => void;
}

/** The sync of an account that is open, and what is done whenever the service was reached. */
export function accountSync(env: Env, { session, pulling, files, safety, tidying, onState }: Ports): Sync {
  return new Sync(env, {
    pull: (signal) => pulling.pull(signal),
    listen: async (signal, on) => {
      const { listenToPokes } = await import('../service/pokes.ts');
      return listenToPokes(session, signal, alsoSafety(safety, on));
    },
    onState,
    onSynced: () => {
      files.fetchWanted();
      safety.synced();
      tidying.later();
    },
  });
}

/** A hint says that something is new, and not whether it is in the feed. */
function alsoSafety(safety: Following, on: { open: () => void; poke: () => void }): typeof on {
  const expired = (go: () => void) => (): void => {
    safety.expire();
    go();
  };
  return { open: expired(on.open), poke: expired(on.poke) };
}
