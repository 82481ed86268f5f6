import type { Topic } from '#shared/ipc/contract.ts';
import type { Connection } from './connection.ts';
import { Entities } from './entities.ts';
import type { Slices } from './slices.ts';
import type { Store } from './store.ts';

/** A transaction over the entities. */
export interface Transaction {
  db: Connection;
  entities: Entities;
  slices: Slices;
  /** Called when the transaction has failed, before the next one begins. */
  ifUndone: (undo: () => void) => void;
}

export interface Written<T> {
  value: T;
  /** What changed on screens. */
  topics: Topic[];
}

/** The one way to write entities: whatever writes them shares what they hold in memory, which a failed transaction makes them forget. */
export class Writes {
  readonly #store: Store;
  #entities: Entities | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  run<T>(work: (transaction: Transaction) => Promise<T> | T): Promise<Written<T>> {
    return this.#store.write(async (db, slices, ifUndone) => {
      const entities = (this.#entities ??= new Entities(db));
      ifUndone(() => entities.forget());
      entities.begin();
      const value = await work({ db, entities, slices, ifUndone });
      return { value, topics: entities.flush() };
    });
  }

  /** A page of the feed, where nobody makes changes. */
  async page(_page: unknown, work: (transaction: Transaction) => Promise<void>): Promise<readonly Topic[]> {
    return (await this.run(work)).topics;
  }
}
