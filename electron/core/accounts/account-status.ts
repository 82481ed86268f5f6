import type { SyncStatus } from '#shared/ipc/sync.ts';
import { countShown } from '../db/base.ts';
import { getMeta } from '../db/meta.ts';
import type { Store } from '../db/store.ts';
import * as unreadable from '../db/unreadable.ts';
import type { InvoiceFiles } from '../invoices/files.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Queries } from '../queries/queries.ts';
import type { Sync } from '../sync/sync.ts';
import type { ClockSkew } from './clock-skew.ts';
import type { Pulling } from './pulling.ts';

type Counted = Pick<SyncStatus, 'counts' | 'changes' | 'files' | 'unreadable'>;

interface Ports {
  store: Store;
  queries: Queries;
  outbox: Outbox;
  files: InvoiceFiles;
  keepMonths: () => number;
  sync: Pick<Sync, 'state'>;
  pulling: Pick<Pulling, 'lastSyncAt'>;
  skew: Pick<ClockSkew, 'seconds'>;
}

/** What is told of an account that is open: how its sync stands, and how much there is of everything. */
export class AccountStatus {
  readonly #ports: Ports;
  #counted: { at: string; counts: Counted } | undefined;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  get(): SyncStatus {
    const { sync, pulling, skew } = this.#ports;
    const { reader } = this.#ports.store;
    return reader.snapshot(() => {
      const { phase, problem, nextTryAt } = sync.state;
      const { lastSyncAt } = pulling;
      const rebuiltAt = getMeta(reader, 'rebuiltAt');
      const reading = getMeta(reader, 'complete') !== 1 || getMeta(reader, 'rereading') === 1;
      const expected = getMeta(reader, 'expected');
      const clockSkewSeconds = skew.seconds;
      return {
        phase,
        ...(problem && { problem }),
        ...(lastSyncAt !== undefined && { lastSyncAt }),
        ...(nextTryAt !== undefined && { nextTryAt }),
        ...(reading && {
          firstSync: {
            received: getMeta(reader, 'received') ?? 0,
            ...(expected !== undefined && { expected }),
          },
        }),
        ...this.#counts(),
        ...(clockSkewSeconds !== undefined && { clockSkewSeconds }),
        ...(rebuiltAt !== undefined && { rebuiltAt }),
      };
    });
  }

  /** Counted once for each state of the database and the files. */
  #counts(): Counted {
    const { store, queries, outbox, files, keepMonths } = this.#ports;
    const at = `${store.version} ${files.version()} ${keepMonths()}`;
    if (this.#counted?.at !== at) {
      const counts = {
        counts: queries.counts(),
        changes: {
          waiting: outbox.waitingCount(),
          refused: outbox.refusedCount(),
          notices: countShown(store.reader, 'notice'),
        },
        files: files.counts(),
        unreadable: unreadable.count(store.reader),
      };
      this.#counted = { at, counts };
    }
    return this.#counted.counts;
  }
}
