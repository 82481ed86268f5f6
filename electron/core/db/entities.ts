import type { EntityType, EntityValue } from '#shared/domain/entities.ts';
import type { Topic } from '#shared/ipc/contract.ts';
import { checksum } from './checksum.ts';
import { typeCodes } from './codes.ts';
import type { Connection } from './connection.ts';
import type { Holds } from './holds.ts';
import { idBytes } from './ids.ts';
import { Invoices } from './invoices.ts';
import { invoiceKey, orderKey } from './list-key.ts';
import { getMeta } from './meta.ts';
import { Orders } from './orders.ts';
import { Parts } from './parts.ts';
import { Sellers } from './sellers.ts';
import { TextsWriter } from './texts-writer.ts';
import { Totals } from './totals.ts';
import { Vehicles } from './vehicles.ts';

/** A value that was checked, with the bytes it came as. */
export type Checked = {
  [T in EntityType]: { type: T; id: string; rev: number; value: EntityValue<T>; body: Uint8Array };
}[EntityType];

interface BaseRow {
  rev: number;
  /** Of its row among those that lists read. */
  key: number | null;
  /** Where its body is; null once it was deleted. */
  body: number | null;
}

function wishedKey(entity: Checked): number | null {
  if (entity.type === 'order') return orderKey(entity.value.placedOn, entity.value.placedAt);
  if (entity.type === 'invoice') return invoiceKey(entity.value.issuedOn, entity.value.number);
  return null;
}

const TOPIC_OF: Record<EntityType, Topic> = {
  order: 'orders',
  invoice: 'invoices',
  vehicle: 'vehicles',
  profile: 'profile',
  policy: 'orders',
};

/**
 * Writes entities: the base row, then what the screens read of it. Lives as long as the connection, inside whose transactions it is called;
 * `begin` at the start, `flush` before a commit, `forget` after a rollback.
 */
export class Entities {
  readonly #db: Connection;
  readonly #totals = new Totals();
  readonly #texts = new TextsWriter();
  readonly #vehicles: Vehicles;
  readonly #parts: Parts;
  readonly #sellers: Sellers;
  readonly #orders: Orders;
  readonly #invoices: Invoices;
  readonly #touched = new Set<Topic>();
  readonly #holds: Holds = { search: false, files: false };
  #lastBody: number | undefined;

  constructor(db: Connection) {
    this.#db = db;
    this.#vehicles = new Vehicles(db);
    this.#sellers = new Sellers(db);
    this.#parts = new Parts(db, this.#texts);
    this.#orders = new Orders(db, this.#vehicles, this.#parts, this.#totals, this.#texts, this.#holds);
    this.#invoices = new Invoices(db, this.#sellers, this.#totals, this.#texts, this.#holds);
  }

  /** Called first in each transaction. */
  begin(): void {
    this.#holds.search = getMeta(this.#db, 'searchBuilt') === 1;
    this.#holds.files = this.#db.value('SELECT 1 FROM invoice_files LIMIT 1') !== undefined;
  }

  /** A put that is not newer than what is here changes nothing, unless `force`: a restored service may count revisions anew. */
  put(entity: Checked, force = false): void {
    const id = idBytes(entity.id);
    const type = typeCodes.code(entity.type);
    const sum = checksum(entity.body);
    const body = this.#nextBody();
    // The key is nearly always the one wished for, so that most rows are written once.
    const wished = wishedKey(entity);
    const inserted = this.#db
      .statement(
        'INSERT INTO base (type, id, rev, sum, key, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      )
      .run(type, id, entity.rev, sum, wished, body);
    if (inserted.changes === 1) {
      this.#insertBody(body, entity.body);
      const key = this.#project(undefined, entity);
      if (key !== wished) this.#update(type, id, { rev: entity.rev, sum, key, body });
      return;
    }
    const old = this.#base(type, id);
    if (!old || (!force && old.rev >= entity.rev)) return;
    const key = this.#project(old.body === null ? undefined : (old.key ?? undefined), entity);
    if (old.body === null) this.#insertBody(body, entity.body);
    else this.#db.statement('UPDATE bodies SET body = ? WHERE pk = ?').run(entity.body, old.body);
    this.#update(type, id, { rev: entity.rev, sum, key, body: old.body ?? body });
  }

  del(type: EntityType, id: string, rev: number): void {
    const code = typeCodes.code(type);
    const bytes = idBytes(id);
    const old = this.#base(code, bytes);
    if (!old) {
      this.#db.statement('INSERT INTO base (type, id, rev, sum) VALUES (?, ?, ?, 0)').run(code, bytes, rev);
      return;
    }
    if (old.rev >= rev) return;
    this.#unproject(type, old);
    this.#update(code, bytes, { rev, sum: 0, key: null, body: null });
  }

  /** Takes away an entity as if it had never been: a full re-read did not bring it. */
  drop(type: EntityType, id: Uint8Array): void {
    const code = typeCodes.code(type);
    const old = this.#base(code, id);
    if (!old) return;
    this.#unproject(type, old);
    this.#db.statement('DELETE FROM base WHERE type = ? AND id = ?').run(code, id);
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
    this.#lastBody = undefined;
    this.#totals.clear();
    this.#texts.clear();
    this.#touched.clear();
    this.#vehicles.forget();
    this.#parts.forget();
    this.#sellers.forget();
  }

  #base(type: number, id: Uint8Array): BaseRow | undefined {
    return this.#db.get<BaseRow>('SELECT rev, key, body FROM base WHERE type = ? AND id = ?', type, id);
  }

  #update(type: number, id: Uint8Array, row: BaseRow & { sum: number }): void {
    this.#db
      .statement('UPDATE base SET rev = ?, sum = ?, key = ?, body = ? WHERE type = ? AND id = ?')
      .run(row.rev, row.sum, row.key, row.body, type, id);
  }

  #insertBody(pk: number, body: Uint8Array): void {
    this.#db.statement('INSERT INTO bodies VALUES (?, ?)').run(pk, body);
    this.#lastBody = pk;
  }

  #nextBody(): number {
    this.#lastBody ??= this.#db.value<number | null>('SELECT max(pk) FROM bodies') ?? 0;
    return this.#lastBody + 1;
  }

  #project(old: number | undefined, entity: Checked): number | null {
    this.#touched.add(TOPIC_OF[entity.type]);
    switch (entity.type) {
      case 'order':
        return this.#orders.put(old, entity.id, entity.value);
      case 'invoice':
        return this.#invoices.put(old, entity.id, entity.value);
      case 'vehicle':
        return this.#vehicles.put(entity.id, entity.value);
      case 'profile':
      case 'policy':
        return null;
    }
  }

  #unproject(type: EntityType, row: BaseRow): void {
    if (row.body === null) return;
    this.#db.statement('DELETE FROM bodies WHERE pk = ?').run(row.body);
    this.#touched.add(TOPIC_OF[type]);
    if (row.key === null) return;
    if (type === 'order') this.#orders.remove(row.key);
    if (type === 'invoice') this.#invoices.remove(row.key);
    if (type === 'vehicle') this.#vehicles.remove(row.key);
  }
}
