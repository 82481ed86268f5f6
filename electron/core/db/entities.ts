import type { EntityType } from '#shared/domain/entities.ts';
import type { Topic } from '#shared/ipc/contract.ts';
import { checksum } from './checksum.ts';
import { typeCodes } from './codes.ts';
import type { Connection } from './connection.ts';
import { idBytes } from './ids.ts';
import { invoiceKey, orderKey } from './list-key.ts';
import type { Valued } from './projections.ts';
import { Projections } from './projections.ts';

/** A value that was checked, with the bytes it came as. */
export type Checked = Valued & { rev: number; body: Uint8Array };

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

/**
 * Writes entities: the base row, then what the screens read of it. Lives as long as the connection, inside whose transactions it is called;
 * `begin` at the start, `flush` before a commit, `forget` after a rollback.
 */
export class Entities {
  readonly #db: Connection;
  readonly #projections: Projections;
  #lastBody: number | undefined;

  constructor(db: Connection) {
    this.#db = db;
    this.#projections = new Projections(db);
  }

  /** Called first in each transaction. */
  begin(): void {
    this.#projections.begin();
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
      const key = this.#projections.put(undefined, entity);
      if (key !== wished) this.#update(type, id, { rev: entity.rev, sum, key, body });
      return;
    }
    const old = this.#base(type, id);
    if (!old || (!force && old.rev >= entity.rev)) return;
    const key = this.#projections.put(old.body === null ? undefined : (old.key ?? undefined), entity);
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
    return this.#projections.flush();
  }

  forget(): void {
    this.#lastBody = undefined;
    this.#projections.forget();
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

  #unproject(type: EntityType, row: BaseRow): void {
    if (row.body === null) return;
    this.#db.statement('DELETE FROM bodies WHERE pk = ?').run(row.body);
    this.#projections.remove(type, row.key);
  }
}
