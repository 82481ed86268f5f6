import { join } from 'node:path';
import type { Topic } from '#shared/ipc/contract.ts';
import type { AppError } from '#shared/ipc/errors.ts';
import type { SyncStatus } from '#shared/ipc/sync.ts';
import { toInstant } from '#shared/domain/calendar.ts';
import type { EngineHost, EngineSettings } from '../api.ts';
import { DbError } from '../db/errors.ts';
import { setAside } from '../db/files.ts';
import { isWhole } from '../db/whole.ts';
import { getMeta, setMeta } from '../db/meta.ts';
import { Store } from '../db/store.ts';
import { countShown } from '../db/base.ts';
import { Writes } from '../db/writes.ts';
import { Outbox, type OutboxPorts } from '../outbox/outbox.ts';
import * as unreadable from '../db/unreadable.ts';
import { describeError } from '../describe-error.ts';
import type { Env } from '../env.ts';
import { expectedFailure } from '../failures.ts';
import { privateFolder } from '../files/atomic.ts';
import { deriveKey, type Key } from '../keys/derive.ts';
import { InvoiceFiles } from '../invoices/files.ts';
import { Queries } from '../queries/queries.ts';
import { buildSearch } from '../search/build-search.ts';
import { Following } from '../security/following.ts';
import { ServiceClient } from '../service/client.ts';
import type { Reply } from '../service/reply.ts';
import type { Session } from '../service/session.ts';
import type { Exchange, Exchanged } from '../sync/exchange.ts';
import type { Attempt } from '../sync/log.ts';
import { isWorthNoting, noteAttempt } from '../sync/log.ts';
import { Sync } from '../sync/sync.ts';
import type { AccountRecord } from './account-record.ts';
import { sessionOf } from './account-session.ts';
import { encryptFilesInClear } from './files-in-clear.ts';
import { CACHE, JOURNAL } from './names.ts';

type Counted = Pick<SyncStatus, 'counts' | 'changes' | 'files' | 'unreadable'>;

const TOLD_SKEW_MS = 5 * 60_000;
const NOTED_EVERY_MS = 60_000;
const QUIET_MS = 3000;

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
  readonly #ports: AccountPorts;
  readonly #ended = new AbortController();
  #exchange: Exchange | undefined;
  #skewMs = 0;
  #lastSyncAt: string | undefined;
  #cancelTidy: () => void = () => undefined;
  #counted: { at: string; counts: Counted } | undefined;
  #lookedWhole = false;

  constructor({ folder, key, damaged }: Place, record: AccountRecord, ports: AccountPorts) {
    this.record = record;
    this.#ports = ports;
    const { env, host } = ports;
    privateFolder(folder);
    if (key) encryptFilesInClear(folder, key, host.log);
    const databaseKey = key && deriveKey('database', key);
    this.store = openStore({ path: join(folder, CACHE), key: databaseKey, damaged }, env, host);
    this.outbox = openOutbox(this.store, {
      store: this.store,
      writes: new Writes(this.store),
      env,
      log: host.log,
      accountId: record.id,
      path: join(folder, JOURNAL),
      key: key && deriveKey('journal', key),
      replicaId: record.replicaId,
      onTopics: (topics) => {
        ports.onTopics(topics);
        ports.onStatus();
      },
      onOwnTopics: (topics) => {
        ports.onOwnTopics(topics);
        ports.onStatus();
      },
      onChange: () => this.sync.changeMade(),
      onProblem: (error) => this.problem(error),
    });
    this.#lastSyncAt = getMeta(this.store.reader, 'lastSyncAt');
    const client = new ServiceClient(record.serviceUrl, env, this.#ended.signal, (serverTime) =>
      this.#noteClock(serverTime),
    );
    this.session = sessionOf(record, client, ports);
    this.files = new InvoiceFiles({
      store: this.store,
      session: this.session,
      folder: join(folder, 'invoices'),
      key: key && deriveKey('invoices', key),
      env,
      keepMonths: () => ports.settings().keepInvoiceMonths,
      onChange: () => {
        ports.onTopics(['invoices']);
        ports.onStatus();
      },
      onProblem: (error) => this.problem(error),
    });
    this.files.sealFormer();
    this.queries = new Queries(this.store, this.files);
    this.safety = new Following(env, host.log, () => ({
      store: this.store,
      session: this.session,
      env,
      onChange: () => ports.onTopics(['security']),
      onSafety: ({ email }) => ports.onEmail(email),
    }));
    this.sync = new Sync(env, {
      pull: (signal) => this.#pull(signal),
      listen: async (signal, on) =>
        (await import('../service/pokes.ts')).listenToPokes(this.session, signal, this.#alsoSafety(on)),
      onState: ports.onStatus,
      onSynced: () => {
        this.files.fetchWanted();
        this.safety.synced();
        this.#tidyLater();
      },
    });
  }

  /** Tells what an unexpected failure was; a damaged database is rebuilt. */
  problem(error: unknown): void {
    if (!this.explain(error)) this.#ports.host.log('error', 'the engine failed', describeError(error));
  }

  /** What people are told of a failure; undefined for a bug. A damaged database is rebuilt. */
  explain(error: unknown): AppError | undefined {
    // What was still under way when it was closed failed of that, whatever it says.
    if (this.#ended.signal.aborted) return { kind: 'cancelled' };
    const expected = expectedFailure(error) ?? this.#disguisedDamage(error);
    if (expected?.kind === 'database_damaged') this.#ports.onDamage();
    return expected;
  }

  /**
   * Damage does not always show as such: where a page of a table is gone, its rows are written once more and meet their own index as a broken
   * constraint. So what looks like a bug asks the database, once while it is open.
   */
  #disguisedDamage(error: unknown): AppError | undefined {
    if (this.#lookedWhole) return undefined;
    this.#lookedWhole = isWhole(this.store.reader);
    if (this.#lookedWhole) return undefined;
    this.#ports.host.log('error', 'the database is damaged, as a failure shows', describeError(error));
    return { kind: 'database_damaged' };
  }

  status(): SyncStatus {
    const { reader } = this.store;
    return reader.snapshot(() => {
      const { phase, problem, nextTryAt } = this.sync.state;
      const rebuiltAt = getMeta(reader, 'rebuiltAt');
      const reading = getMeta(reader, 'complete') !== 1 || getMeta(reader, 'rereading') === 1;
      const expected = getMeta(reader, 'expected');
      const skewSeconds = Math.round(this.#skewMs / 1000);
      return {
        phase,
        ...(problem && { problem }),
        ...(this.#lastSyncAt !== undefined && { lastSyncAt: this.#lastSyncAt }),
        ...(nextTryAt !== undefined && { nextTryAt }),
        ...(reading && {
          firstSync: {
            received: getMeta(reader, 'received') ?? 0,
            ...(expected !== undefined && { expected }),
          },
        }),
        ...this.#counts(),
        ...(Math.abs(this.#skewMs) > TOLD_SKEW_MS && { clockSkewSeconds: skewSeconds }),
        ...(rebuiltAt !== undefined && { rebuiltAt }),
      };
    });
  }

  /** Whether this session survives the app's end. */
  get remembered(): boolean {
    return this.session.durable;
  }

  async close(): Promise<void> {
    this.#ended.abort();
    this.#cancelTidy();
    await Promise.all([this.sync.close(), this.files.close(), this.safety.close()]);
    await this.store.close();
    this.outbox.close();
  }

  /** A hint says that something is new, and not whether it is in the feed. */
  #alsoSafety(on: { open: () => void; poke: () => void }): typeof on {
    const expired = (go: () => void) => (): void => {
      this.safety.expire();
      go();
    };
    return { open: expired(on.open), poke: expired(on.poke) };
  }

  async #pull(signal: AbortSignal): Promise<Reply<undefined>> {
    const startedAt = this.#ports.env.clock.now();
    const started = this.#ports.env.clock.monotonic();
    const done: Exchanged = { reply: { ok: true, value: undefined }, sent: 0, refused: 0, received: 0 };
    try {
      const exchange = (this.#exchange ??= await this.#makeExchange());
      Object.assign(done, await exchange.run(signal));
      if (done.reply.ok) {
        await buildSearch(this.store);
        await this.#noteSync();
      }
    } catch (error) {
      done.reply = { ok: false, error: this.#whySyncFailed(error) };
    }
    if (!signal.aborted) {
      const tookMs = this.#ports.env.clock.monotonic() - started;
      const problem = done.reply.ok ? undefined : done.reply.error.kind;
      await this.#noteAttempt({ ...done, startedAt, tookMs, problem });
    }
    return done.reply;
  }

  #whySyncFailed(error: unknown): AppError {
    const expected = this.explain(error);
    if (!expected) this.#ports.host.log('error', 'a sync failed', describeError(error));
    return expected ?? { kind: 'internal', detail: 'sync' };
  }

  async #noteAttempt(attempt: Attempt): Promise<void> {
    if (!isWorthNoting(attempt)) return;
    try {
      await this.store.write((db) => noteAttempt(db, attempt));
      this.#ports.onTopics(['sync_log']);
    } catch (error) {
      // What it was about is told by the state of the sync itself.
      this.problem(error);
    }
  }

  /** Reading the feed needs the schemas of everything; showing what is here does not, and does not wait for them. */
  async #makeExchange(): Promise<Exchange> {
    const { Exchange } = await import('../sync/exchange.ts');
    const { onTopics, onStatus, appVersion } = this.#ports;
    const { store, session, outbox } = this;
    return new Exchange({
      store,
      session,
      outbox,
      appVersion,
      newId: this.#ports.env.newId,
      onCommit: (topics) => {
        onTopics(topics);
        onStatus();
      },
    });
  }

  /** Folding the write-ahead log into the database waits for a quiet moment: nobody waits for it, but a query might have to. */
  #tidyLater(): void {
    this.#cancelTidy();
    this.#cancelTidy = this.#ports.env.clock.after(QUIET_MS, () => {
      this.outbox
        .tidy()
        .then(() => this.store.checkpoint())
        .catch((error: unknown) => this.problem(error));
    });
  }

  /** The moment goes to the disk now and then only, or a poll that brings nothing would write for its sake alone. */
  async #noteSync(): Promise<void> {
    const now = this.#ports.env.clock.now();
    this.#lastSyncAt = toInstant(now);
    const noted = getMeta(this.store.reader, 'lastSyncAt');
    if (noted === undefined || Math.abs(now - Date.parse(noted)) >= NOTED_EVERY_MS) {
      await this.store.write((db) => setMeta(db, 'lastSyncAt', toInstant(now)));
    }
  }

  /** Counted once for each state of the database and the files. */
  #counts(): Counted {
    const at = `${this.store.version} ${this.files.version()} ${this.#ports.settings().keepInvoiceMonths}`;
    if (this.#counted?.at !== at) {
      const counts = {
        counts: this.queries.counts(),
        changes: {
          waiting: this.outbox.waitingCount(),
          refused: this.outbox.refusedCount(),
          notices: countShown(this.store.reader, 'notice'),
        },
        files: this.files.counts(),
        unreadable: unreadable.count(this.store.reader),
      };
      this.#counted = { at, counts };
    }
    return this.#counted.counts;
  }

  #noteClock(serverTime: number): void {
    // The header has whole seconds and has travelled; only minutes matter here.
    const before = Math.abs(this.#skewMs) > TOLD_SKEW_MS;
    this.#skewMs = this.#ports.env.clock.now() - serverTime;
    if (before !== Math.abs(this.#skewMs) > TOLD_SKEW_MS) this.#ports.onStatus();
  }
}

/**
 * Opens the database. One that is damaged, or that a query has found to be, is set aside and started anew: the service still has
 * everything that was in it, and the journal has the changes that it does not have yet.
 */
function openStore({ path, key, damaged }: Database, env: Env, host: EngineHost): Store {
  const open = (): Store => new Store(path, host.log, env.beforeWrite, key);
  if (damaged !== true) {
    try {
      return readable(open());
    } catch (error) {
      if (!(error instanceof DbError) || error.kind !== 'damaged') throw error;
      host.log('error', 'the database is damaged and set aside', { code: error.code });
    }
  }
  const now = env.clock.now();
  setAside(path, now);
  const store = open();
  store.noteRebuilt(toInstant(now));
  return store;
}

interface Database {
  path: string;
  key: Key | undefined;
  damaged: boolean | undefined;
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
