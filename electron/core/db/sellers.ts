import type { Connection } from './connection.ts';
import { searchText } from './texts.ts';

const MOST_REMEMBERED = 10_000;

/** The shop and its marketplace sellers: a handful of names on thousands of invoices. */
export class Sellers {
  readonly #db: Connection;
  readonly #known = new Map<string, number>();

  constructor(db: Connection) {
    this.#db = db;
  }

  key(name: string): number {
    let pk = this.#known.get(name);
    if (pk === undefined) {
      this.#db.run(
        'INSERT INTO sellers (name, text) VALUES (?, ?) ON CONFLICT DO NOTHING',
        name,
        searchText([name]),
      );
      pk = this.#db.value<number>('SELECT pk FROM sellers WHERE name = ?', name) ?? 0;
      if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
      this.#known.set(name, pk);
    }
    return pk;
  }

  /** After a rollback: keys that were handed out in the transaction do not exist. */
  forget(): void {
    this.#known.clear();
  }
}
