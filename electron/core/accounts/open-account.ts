import { join } from 'node:path';
import type { Topic } from '#shared/ipc/contract.ts';
import type { AppError } from '#shared/ipc/errors.ts';
import type { SyncStatus } from '#shared/ipc/sync.ts';
import type { EngineHost, EngineSettings } from '../api.ts';
import type { Store } from '../db/store.ts';
import { Writes } from '../db/writes.ts';
import type { Env } from '../env.ts';
import { privateFolder } from '../files/atomic.ts';
import { InvoiceFiles } from '../invoices/files.ts';
import { deriveKey, type Key } from '../keys/derive.ts';
import { Outbox, type OutboxPorts } from '../outbox/outbox.ts';
import { Queries } from '../queries/queries.ts';
import { Following } from '../security/following.ts';
import { ServiceClient } from '../service/client.ts';
import type { Session } from '../service/session.ts';
import type { Sync } from '../sync/sync.ts';
import type { AccountRecord } from './account-record.ts';
import { sessionOf } from './account-session.ts';
import { AccountStatus } from './account-status.ts';
import { accountSync } from './account-sync.ts';
import { ClockSkew } from './clock-skew.ts';
import { encryptFilesInClear } from './files-in-clear.ts';
import { CACHE, JOURNAL } from './names.ts';
import { openStore } from './open-store.ts';
import { Problems } from './problems.ts';
import { Pulling } from './pulling.ts';
import { Tidying } from './tidying.ts';

export interface AccountPorts {
  env: Env;
  host: EngineHost;
  settings: () => EngineSettings;
  appVersion: string;
  onTopics: (topics: readonly Topic[]) => void;
  /** The same for what a person has just done here, and waits to see. */
  onOwnTopics: (topics: readonly Topic[]) => void;
  onStatus: () => void;
  onSession: () => void;
  /** The address that the account has at the service. */
  onEmail: (email: string) => void;
  /** The database turned out to be damaged: this account must be closed, rebuilt and opened anew. */
  onDamage: () => void;
}

/** Where an account is, and what opens it; without a key it is one of a former version, in clear until somebody signs in. */
export interface Place {
  folder: string;
  key: Key | undefined;
  /** Its database was found to be damaged. */
  damaged?: boolean;
}

/** One account while it is open: its database, its session, its sync, its files. */
export class OpenAccount {
  readonly record: AccountRecord;
  readonly store: Store;
  readonly session: Session;
  readonly sync: Sync;
  readonly files: InvoiceFiles;
  readonly queries: Queries;
  readonly outbox: Outbox;
  readonly safety: Following;
  readonly #problems: Problems;
  readonly #status: AccountStatus;
  readonly #tidying: Tidying;
  readonly #ended = new AbortController();

  constructor({ folder, key, damaged }: Place, record: AccountRecord, ports: AccountPorts) {
    this.record = record;
    const { env, onStatus } = ports;
    const { log } = ports.host;
    const { signal } = this.#ended;
    const keyFor = (purpose: 'database' | 'journal' | 'invoices'): Key | undefined =>
      key && deriveKey(purpose, key);
    privateFolder(folder);
    if (key) encryptFilesInClear(folder, key, log);
    const store = openStore({ path: join(folder, CACHE), key: keyFor('database'), damaged }, env, log);
    const problems = new Problems({ reader: store.reader, log, signal, onDamage: ports.onDamage });
    const onProblem = (error: unknown): void => problems.note(error);
    const counted = (tell: AccountPorts['onTopics']) => (topics: readonly Topic[]) => {
      tell(topics);
      onStatus();
    };
    const onTopics = counted(ports.onTopics);
    const outbox = openOutbox(store, {
      store,
      writes: new Writes(store),
      env,
      log,
      accountId: record.id,
      path: join(folder, JOURNAL),
      key: keyFor('journal'),
      replicaId: record.replicaId,
      onTopics,
      onOwnTopics: counted(ports.onOwnTopics),
      onChange: () => this.sync.changeMade(),
      onProblem,
    });
    const skew = new ClockSkew(env.clock, onStatus);
    const client = new ServiceClient(record.serviceUrl, env, signal, (serverTime) => skew.note(serverTime));
    const session = sessionOf(record, client, ports);
    const keepMonths = (): number => ports.settings().keepInvoiceMonths;
    const files = new InvoiceFiles({
      store,
      session,
      folder: join(folder, 'invoices'),
      key: keyFor('invoices'),
      env,
      keepMonths,
      onChange: () => onTopics(['invoices']),
      onProblem,
    });
    files.sealFormer();
    const queries = new Queries(store, files);
    const safety = new Following(env, log, () => ({
      store,
      session,
      env,
      onChange: () => ports.onTopics(['security']),
      onSafety: ({ email }) => ports.onEmail(email),
    }));
    const { appVersion } = ports;
    const pulling = new Pulling({
      env, log, appVersion, store, session, outbox, problems, onTopics: ports.onTopics, onStatus,
    }); // prettier-ignore
    const tidying = new Tidying({ clock: env.clock, store, outbox, onProblem });
    const sync = accountSync(env, { session, pulling, files, safety, tidying, onState: onStatus });
    this.store = store;
    this.outbox = outbox;
    this.session = session;
    this.files = files;
    this.queries = queries;
    this.safety = safety;
    this.sync = sync;
    this.#problems = problems;
    this.#tidying = tidying;
    this.#status = new AccountStatus({ store, queries, outbox, files, keepMonths, sync, pulling, skew });
  }

  /** Tells what an unexpected failure was; a damaged database is rebuilt. */
  problem(error: unknown): void {
    this.#problems.note(error);
  }

  /** What people are told of a failure; undefined for a bug. A damaged database is rebuilt. */
  explain(error: unknown): AppError | undefined {
    return this.#problems.explain(error);
  }

  status(): SyncStatus {
    return this.#status.get();
  }

  /** Whether this session survives the app's end. */
  get remembered(): boolean {
    return this.session.durable;
  }

  async close(): Promise<void> {
    this.#ended.abort();
    this.#tidying.stop();
    await Promise.all([this.sync.close(), this.files.close(), this.safety.close()]);
    await this.store.close();
    this.outbox.close();
  }
}

/** What was opened so far is closed again when the journal cannot be read: the account is tried again later. */
function openOutbox(store: Store, ports: OutboxPorts): Outbox {
  try {
    return new Outbox(ports);
  } catch (error) {
    store.closeNow();
    throw error;
  }
}
