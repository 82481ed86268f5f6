import type { Connection } from '../db/connection.ts';
import { pendingIds } from '../outbox/pending.ts';

/** Which orders have something that is on this computer only: few or none, asked of every row, so read once for each state of the database. */
export class PendingOrders {
  readonly #db: Connection;
  readonly #version: () => number;
  #ids: ReadonlySet<string> = new Set();
  #at = -1;

  constructor(db: Connection, version: () => number) {
    this.#db = db;
    this.#version = version;
  }

  has(id: string): boolean {
    if (this.#at !== this.#version()) {
      this.#ids = pendingIds(this.#db, 'order');
      this.#at = this.#version();
    }
    return this.#ids.has(id);
  }
}
