import type { Log } from '../log.ts';
import type { BeforeWrite, Connection } from './connection.ts';
import { DbError, toDbError } from './errors.ts';
import { setMeta } from './meta.ts';
import { openCurrent, openReader, openWriter } from './open.ts';
import { Slices } from './slices.ts';
import type { DbKey } from './sqlite.ts';

/**
 * Writing code gets the connection, a way to let others run in between without leaving its transaction, and a way to undo what it has changed
 * elsewhere, should the transaction fail: that is called before the next one begins.
 */
export type Write<T> = (
  db: Connection,
  slices: Slices,
  ifUndone: (undo: () => void) => void,
) => Promise<T> | T;

/**
 * The database of one account: one connection writes, one reads. A write may take many turns of the event loop within its one
 * transaction; reads in between see the state before it, whole.
 */
export class Store {
  readonly path: string;
  readonly reader: Connection;
  /** Grows with each commit, so that what was worked out from a state can tell that the state is gone. */
  version = 0;
  /** Opened with the first write: a start shows what is here long before it writes anything. */
  #writer: Connection | undefined;
  readonly #key: DbKey | undefined;
  readonly #log: Log;
  readonly #before: BeforeWrite | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;
  #checkpointed = 0;

  /** Without a key only where there is nothing to protect: in tests of what it does. */
  constructor(path: string, log: Log, before?: BeforeWrite, key?: DbKey) {
    this.path = path;
    this.#key = key;
    this.#log = log;
    this.#before = before;
    const reader = openCurrent(path, key, log);
    if (!reader) this.#writer = openWriter(path, key, log, before);
    try {
      this.reader = reader ?? openReader(path, key, log);
    } catch (error) {
      this.#writer?.close();
      throw error;
    }
  }

  /** One transaction: everything that `write` does, or nothing. Writes wait for each other in the order of the calls. */
  write<T>(write: Write<T>): Promise<T> {
    const turn = this.#queue.then(() => this.#transaction(write));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /**
   * Room for the write-ahead log is given back when nobody needs it; called when a sync has ended. The log is emptied: one that stayed behind with what
   * the database has already would, damaged in its middle, put older pages on top of newer ones, which nothing could notice.
   */
  checkpoint(): Promise<void> {
    if (this.#checkpointed === this.version) return Promise.resolve();
    const turn = this.#queue.then(() => {
      if (this.#closed) return;
      this.#checkpointed = this.version;
      this.#writing().pragma('wal_checkpoint(TRUNCATE)');
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** Waits for the write under way, which ends early: its transaction is undone. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#queue;
    this.closeNow();
  }

  /** For a database that is damaged: closes without waiting and without caring for failures. */
  closeNow(): void {
    this.#closed = true;
    for (const connection of [this.reader, this.#writer]) {
      try {
        connection?.close();
      } catch (error) {
        this.#log('warn', 'a connection did not close', {
          code: error instanceof Error ? error.name : 'unknown',
        });
      }
    }
  }

  /** Notes, before anything else is written, that this database replaces a damaged one. */
  noteRebuilt(at: string): void {
    setMeta(this.#writing(), 'rebuiltAt', at);
  }

  /** For tests of full disks, which SQLite itself can play. */
  limitPages(pages: number): void {
    this.#writing().pragma(`max_page_count = ${pages}`);
  }

  #writing(): Connection {
    return (this.#writer ??= openWriter(this.path, this.#key, this.#log, this.#before));
  }

  async #transaction<T>(write: Write<T>): Promise<T> {
    if (this.#closed) throw new DbError('other', 'store_closed');
    const db = this.#writing();
    const undoes: (() => void)[] = [];
    db.exec('BEGIN IMMEDIATE');
    try {
      const slices = new Slices(() => this.#closed);
      const result = await write(db, slices, (undo) => undoes.push(undo));
      db.exec('COMMIT');
      this.version += 1;
      return result;
    } catch (error) {
      try {
        // SQLite has already rolled back by itself after some errors (a full disk among them).
        if (db.raw.open && db.raw.inTransaction) db.exec('ROLLBACK');
      } finally {
        for (const undo of undoes.reverse()) undo();
      }
      throw toDbError(error);
    }
  }
}
