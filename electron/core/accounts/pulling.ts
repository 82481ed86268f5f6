import { toInstant } from '#shared/domain/calendar.ts';
import type { Topic } from '#shared/ipc/contract.ts';
import type { AppError } from '#shared/ipc/errors.ts';
import { getMeta, setMeta } from '../db/meta.ts';
import type { Store } from '../db/store.ts';
import { describeError } from '../describe-error.ts';
import type { Env } from '../env.ts';
import type { Log } from '../log.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { buildSearch } from '../search/build-search.ts';
import type { Reply } from '../service/reply.ts';
import type { Session } from '../service/session.ts';
import type { Exchange, Exchanged } from '../sync/exchange.ts';
import { type Attempt, isWorthNoting, noteAttempt } from '../sync/log.ts';
import type { Problems } from './problems.ts';

const NOTED_EVERY_MS = 60_000;

interface Ports {
  env: Pick<Env, 'clock' | 'newId'>;
  log: Log;
  appVersion: string;
  store: Store;
  session: Session;
  outbox: Outbox;
  problems: Problems;
  onTopics: (topics: readonly Topic[]) => void;
  onStatus: () => void;
}

/** One try to sync after another, and what is noted of each. */
export class Pulling {
  readonly #ports: Ports;
  #exchange: Exchange | undefined;
  #lastSyncAt: string | undefined;

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#lastSyncAt = getMeta(ports.store.reader, 'lastSyncAt');
  }

  /** When all that the service has was here last, as an instant; undefined when it never was. */
  get lastSyncAt(): string | undefined {
    return this.#lastSyncAt;
  }

  /** Sends what waits and reads the feed to its end. Failures of this computer are in the answer, too. */
  async pull(signal: AbortSignal): Promise<Reply<undefined>> {
    const { clock } = this.#ports.env;
    const startedAt = clock.now();
    const started = clock.monotonic();
    const done: Exchanged = { reply: { ok: true, value: undefined }, sent: 0, refused: 0, received: 0 };
    try {
      const exchange = (this.#exchange ??= await this.#makeExchange());
      Object.assign(done, await exchange.run(signal));
      if (done.reply.ok) {
        await buildSearch(this.#ports.store);
        await this.#noteSync();
      }
    } catch (error) {
      done.reply = { ok: false, error: this.#whyFailed(error) };
    }
    if (!signal.aborted) {
      const tookMs = clock.monotonic() - started;
      const problem = done.reply.ok ? undefined : done.reply.error.kind;
      await this.#noteAttempt({ ...done, startedAt, tookMs, problem });
    }
    return done.reply;
  }

  #whyFailed(error: unknown): AppError {
    const expected = this.#ports.problems.explain(error);
    if (!expected) this.#ports.log('error', 'a sync failed', describeError(error));
    return expected ?? { kind: 'internal', detail: 'sync' };
  }

  async #noteAttempt(attempt: Attempt): Promise<void> {
    const { store, problems, onTopics } = this.#ports;
    if (!isWorthNoting(attempt)) return;
    try {
      await store.write((db) => noteAttempt(db, attempt));
      onTopics(['sync_log']);
    } catch (error) {
      // What it was about is told by the state of the sync itself.
      problems.note(error);
    }
  }

  /** Reading the feed needs the schemas of everything; showing what is here does not, and does not wait for them. */
  async #makeExchange(): Promise<Exchange> {
    const { Exchange } = await import('../sync/exchange.ts');
    const { env, store, session, outbox, appVersion, onTopics, onStatus } = this.#ports;
    return new Exchange({
      store,
      session,
      outbox,
      appVersion,
      newId: env.newId,
      onCommit: (topics) => {
        onTopics(topics);
        onStatus();
      },
    });
  }

  /** The moment goes to the disk now and then only, or a poll that brings nothing would write for its sake alone. */
  async #noteSync(): Promise<void> {
    const { env, store } = this.#ports;
    const now = env.clock.now();
    this.#lastSyncAt = toInstant(now);
    const noted = getMeta(store.reader, 'lastSyncAt');
    if (noted === undefined || Math.abs(now - Date.parse(noted)) >= NOTED_EVERY_MS) {
      await store.write((db) => setMeta(db, 'lastSyncAt', toInstant(now)));
    }
  }
}
