import type { EntityType, EntityValue } from '#shared/domain/entities.ts';
import type { Topic } from '#shared/ipc/contract.ts';
import { Baskets } from './baskets.ts';
import type { Connection } from './connection.ts';
import type { Holds } from './holds.ts';
import { Invoices } from './invoices.ts';
import { getMeta } from './meta.ts';
import { Orders } from './orders.ts';
import { Parts } from './parts.ts';
import { Sellers } from './sellers.ts';
import { TextsWriter } from './texts-writer.ts';
import { Totals } from './totals.ts';
import { Vehicles } from './vehicles.ts';

/** An entity and its value, of whichever type. */
export type Valued = { [T in EntityType]: { type: T; id: string; value: EntityValue<T> } }[EntityType];

const TOPIC_OF: Record<EntityType, Topic> = {
  order: 'orders',
  invoice: 'invoices',
  vehicle: 'vehicles',
  basket: 'baskets',
  profile: 'profile',
  policy: 'orders',
  notice: 'changes',
  support_message: 'changes',
};

/**
 * What lists, totals and search read of the entities, made from the values that are shown. Lives as long as the connection, inside whose
 * transactions it is called; `begin` at the start, `flush` before a commit, `forget` after a rollback.
 */
export class Projections {
  readonly #db: Connection;
  readonly #totals = new Totals();
  readonly #texts = new TextsWriter();
  readonly #vehicles: Vehicles;
  readonly #baskets: Baskets;
  readonly #parts: Parts;
  readonly #sellers: Sellers;
  readonly #orders: Orders;
  readonly #invoices: Invoices;
  readonly #touched = new Set<Topic>();
  readonly #holds: Holds = { search: false, files: false };

  constructor(db: Connection) {
    this.#db = db;
    this.#vehicles = new Vehicles(db);
    this.#baskets = new Baskets(db, this.#vehicles);
    this.#sellers = new Sellers(db);
    this.#parts = new Parts(db, this.#texts);
    this.#orders = new Orders(db, this.#vehicles, this.#parts, this.#totals, this.#texts, this.#holds);
    this.#invoices = new Invoices(db, this.#sellers, this.#totals, this.#texts, this.#holds);
  }

  begin(): void {
    this.#holds.search = getMeta(this.#db, 'searchBuilt') === 1;
    this.#holds.files = this.#db.value('SELECT 1 FROM invoice_files LIMIT 1') !== undefined;
  }

  /** Shows a value in place of what the lists have under `old`. Answers the key of its row, null for types that no list reads. */
  put(old: number | undefined, { type, id, value }: Valued): number | null {
    this.#touched.add(TOPIC_OF[type]);
    switch (type) {
      case 'order':
        return this.#orders.put(old, id, value);
      case 'invoice':
        return this.#invoices.put(old, id, value);
      case 'vehicle':
        return this.#vehicles.put(id, value);
      case 'basket':
        return this.#baskets.put(id, value);
      case 'profile':
      case 'policy':
      case 'notice':
      case 'support_message':
        return null;
    }
  }

  /** Shows it no longer. */
  remove(type: EntityType, key: number | null): void {
    this.#touched.add(TOPIC_OF[type]);
    if (key === null) return;
    if (type === 'order') this.#orders.remove(key);
    if (type === 'invoice') this.#invoices.remove(key);
    if (type === 'vehicle') this.#vehicles.remove(key);
    if (type === 'basket') this.#baskets.remove(key);
  }

  /** Writes totals and texts of everything since the last flush; answers what changed on screens. */
  flush(): Topic[] {
    this.#totals.flush(this.#db);
    this.#texts.flush(this.#db, this.#holds.search);
    const topics = [...this.#touched];
    this.#touched.clear();
    return topics;
  }

  forget(): void {
    this.#totals.clear();
    this.#texts.clear();
    this.#touched.clear();
    this.#vehicles.forget();
    this.#parts.forget();
    this.#sellers.forget();
  }
}
