import type { Topic } from '#shared/ipc/contract.ts';
import type { ChangeRequest, MadeChange } from '#shared/ipc/changes.ts';
import type { z } from 'zod';
import { CHANGE } from '../db/codes.ts';
import { getMeta } from '../db/meta.ts';
import type { Store } from '../db/store.ts';
import type { Transaction, Writes } from '../db/writes.ts';
import type { Env } from '../env.ts';
import type { Log } from '../log.ts';
import { countWhere, WANTED } from './change-rows.ts';
import { JournalFile } from './journal-file.ts';
import { isNews } from './page-news.ts';
import type { PageNews } from './page-news.ts';
import { readReplica } from './replica.ts';
import type { OutboxTransaction } from './transaction.ts';
import { runWithJournal } from './transaction.ts';

export type ChangeCall = z.infer<typeof ChangeRequest>;

export interface OutboxPorts {
  store: Store;
  writes: Writes;
  env: Env;
  log: Log;
  accountId: string;
  /** Where the journal is. */
  path: string;
  /** With which its lines are sealed; undefined for one in clear. */
  key: Uint8Array | undefined;
  /** The replica id that a former version of the app kept elsewhere. */
  replicaId: string | undefined;
  onTopics: (topics: readonly Topic[]) => void;
  /** What people have just changed here. */
  onOwnTopics: (topics: readonly Topic[]) => void;
  /** A change waits to be sent. */
  onChange: () => void;
  onProblem: (error: unknown) => void;
}

/** Fewer lines than this are never too many. */
const TIDY_FROM = 1000;

/**
 * The changes that people make on this computer: kept and shown at once, sent when the service can be reached, and here until the service's own
 * data contains them or their author has decided what becomes of them.
 */
export class Outbox {
  readonly #ports: OutboxPorts;
  readonly #file: JournalFile;
  #catchingUp: Promise<void> | undefined;
  #inStep: boolean;

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
    this.#file = new JournalFile(ports.path, ports.env.beforeWrite, ports.key);
    const { reader } = ports.store;
    const content = this.#file.read();
    if (content && content.damaged > 0)
      ports.log('error', 'the journal of changes is damaged', { lines: content.damaged });
    this.#inStep =
      content?.damaged === 0 &&
      getMeta(reader, 'journal') === this.#file.mark &&
      readReplica(reader) !== undefined;
    if (!this.#inStep) this.ready().catch(ports.onProblem);
  }

  /** The database and its journal are in step. What could not be repaired (the disk is full) is tried again with each call. */
  ready(): Promise<void> {
    if (this.#inStep) return Promise.resolve();
    return (this.#catchingUp ??= this.#catchUp().finally(() => {
      this.#catchingUp = undefined;
    }));
  }

  /** While something is brought back from the journal: what is shown lacks it until then. */
  get catchingUp(): Promise<void> | undefined {
    return this.#catchingUp;
  }

  /** What people want and the service has not confirmed yet. */
  waitingCount(): number {
    return countWhere(this.#ports.store.reader, WANTED);
  }

  refusedCount(): number {
    return countWhere(this.#ports.store.reader, `state = ${CHANGE.refused}`);
  }

  /** Who asks the service, and which refusals it knows; undefined until the journal and the database are in step. */
  asking(): { replicaId: string; ackSeq: number } | undefined {
    const { reader } = this.#ports.store;
    return reader.snapshot(() => {
      const replica = readReplica(reader);
      return replica && { replicaId: replica.replicaId, ackSeq: getMeta(reader, 'ackSeq') ?? 0 };
    });
  }

  isCurrent(replicaId: string): boolean {
    return getMeta(this.#ports.store.reader, 'replicaId') === replicaId;
  }

  /** Whether anything is to be sent after this number of this replica id; of another id, anything at all. */
  hasAfter(replicaId: string, seq: number): boolean {
    const { reader } = this.#ports.store;
    return reader.snapshot(() => {
      const replica = readReplica(reader);
      const from = Math.max(replica?.confirmedSeq ?? 0, replica?.replicaId === replicaId ? seq : 0);
      return reader.value('SELECT 1 FROM changes WHERE seq > ? LIMIT 1', from) !== undefined;
    });
  }

  hasUnconfirmed(): boolean {
    return this.hasAfter('', 0);
  }

  /** Whether a page of the feed says something of the changes that is not known yet. */
  hasNews(news: PageNews): boolean {
    const { reader } = this.#ports.store;
    return reader.snapshot(() => isNews(readReplica(reader), getMeta(reader, 'ackSeq') ?? 0, news));
  }

  /** Whether the service seems to have lost changes that it had confirmed. */
  isBehind({ replicaId, lastSeq }: PageNews): boolean {
    const replica = readReplica(this.#ports.store.reader);
    return replica?.replicaId === replicaId && lastSeq !== undefined && lastSeq < replica.confirmedSeq;
  }

  /** A transaction over entities and changes. Answers when it is committed. */
  async run<T>(
    work: (transaction: OutboxTransaction) => Promise<T> | T,
    tell = this.#ports.onTopics,
  ): Promise<T> {
    await this.ready();
    const { value, topics } = await this.#run(work);
    tell(topics);
    return value;
  }

  /** `many`: one of a long row of changes, which nobody waits to see one by one. */
  async make(call: ChangeCall, { many = false } = {}): Promise<z.infer<typeof MadeChange>> {
    const { make } = await import('./make.ts');
    const { onTopics, onOwnTopics } = this.#ports;
    const made = await this.run(
      (transaction) => make(transaction, call, this.#ports.env.newId),
      many ? onTopics : onOwnTopics,
    );
    if (made.made) this.#ports.onChange();
    return made;
  }

  /** Something that makes or takes back changes, and what to do about it when it did. */
  async decide<T>(work: (transaction: OutboxTransaction, newId: () => string) => Promise<T> | T): Promise<T> {
    const value = await this.run(
      (transaction) => work(transaction, this.#ports.env.newId),
      this.#ports.onOwnTopics,
    );
    this.#ports.onChange();
    return value;
  }

  /** Writes a page, and what it means for the changes here, in one transaction. */
  async page(news: PageNews, work: (transaction: Transaction) => Promise<void>): Promise<readonly Topic[]> {
    await this.ready();
    const { settle } = await import('./settle.ts');
    const { topics } = await this.#run(async (transaction) => {
      const before = getMeta(transaction.db, 'epoch');
      await work(transaction);
      const restored = before !== undefined && before !== getMeta(transaction.db, 'epoch');
      await settle(transaction, { ...news, restored }, this.#ports.env.newId);
    });
    return topics;
  }

  /** The journal grows with everything that happens; now and then it is written anew from what is left of that. */
  async tidy(): Promise<void> {
    const rows = countWhere(this.#ports.store.reader, 'true');
    if (!this.#inStep || this.#file.count < Math.max(TIDY_FROM, 3 * rows)) return;
    const { writeAnew } = await import('./reconcile.ts');
    await this.#run((transaction) => writeAnew(transaction, this.#file));
  }

  close(): void {
    this.#file.close();
  }

  async #run<T>(
    work: (transaction: OutboxTransaction) => Promise<T> | T,
  ): Promise<{ value: T; topics: readonly Topic[] }> {
    const { writes, accountId, env, log } = this.#ports;
    let changed = false;
    const { value, topics } = await runWithJournal(
      writes,
      this.#file,
      { accountId, now: env.clock.now(), mostChanges: env.mostChanges, log },
      async (transaction) => {
        const counting =
          <R>(write: (record: R) => void) =>
          (record: R): void => {
            changed = true;
            write(record);
          };
        return work({ ...transaction, note: counting(transaction.note), keep: counting(transaction.keep) });
      },
    );
    return { value, topics: changed ? [...new Set<Topic>([...topics, 'changes'])] : topics };
  }

  async #catchUp(): Promise<void> {
    const { reconcile } = await import('./reconcile.ts');
    const { env, replicaId, onTopics } = this.#ports;
    const { topics } = await this.#run((transaction) =>
      reconcile(transaction, this.#file, { seed: replicaId, newId: env.newId }),
    );
    this.#inStep = true;
    onTopics([...topics, 'changes']);
  }
}
