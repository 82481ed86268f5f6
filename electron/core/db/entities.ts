import type { EntityType } from '#shared/domain/entities.ts';
import type { Topic } from '#shared/ipc/contract.ts';
import { readTold } from './base.ts';
import { checksum } from './checksum.ts';
import { typeCodes } from './codes.ts';
import type { Connection } from './connection.ts';
import { idBytes, idText } from './ids.ts';
import { invoiceKey, orderKey } from './list-key.ts';
import type { Valued } from './projections.ts';
import { Projections } from './projections.ts';

/** A value that was checked, with the bytes it came as. */
export type Checked = Valued & { rev: number; body: Uint8Array };

export interface Ref {
  type: EntityType;
  id: string;
}

interface BaseRow {
  rev: number;
  /** Of its row among those that lists read. */
  key: number | null;
  /** Where its body is; null once it was deleted, or when the service has not told of it yet. */
  body: number | null;
}

function wishedKey(entity: Checked): number | null {
  if (entity.type === 'order') return orderKey(entity.value.placedOn, entity.value.placedAt);
  if (entity.type === 'invoice') return invoiceKey(entity.value.issuedOn, entity.value.number);
  return null;
}

/**
 * Writes entities: what the service tells of them (put, del, drop), and what is shown of them where changes wait (show, showTold). Lists and
 * search are kept in step with what is shown. What the service tells of an entity that waiting changes touch is not shown at once but
 * gathered for `takeChanged`: whoever replays the changes decides what is shown. Lives as long as the connection, inside
 * whose transactions it is called; `begin` at the start, `flush` before a commit, `forget` after a rollback.
 */
export class Entities {
  readonly #db: Connection;
  readonly #projections: Projections;
  /** Whether any change waits. */
  #changesWait = false;
  #changed = new Map<string, Ref>();
  #lastBody: number | undefined;

  constructor(db: Connection) {
    this.#db = db;
    this.#projections = new Projections(db);
  }

  /** Called first in each transaction. */
  begin(): void {
    this.#projections.begin();
    this.#changesWait = this.#db.value('SELECT 1 FROM change_refs LIMIT 1') !== undefined;
  }

  /** A put that is not newer than what is here changes nothing, unless `force`: a restored service may count revisions anew. */
  put(entity: Checked, force = false): void {
    const id = idBytes(entity.id);
    const type = typeCodes.code(entity.type);
    const sum = checksum(entity.body);
    const body = this.#nextBody();
    const awaited = this.#isAwaited(type, id);
    // The key is nearly always the one wished for, so that most rows are written once.
    const wished = awaited ? null : wishedKey(entity);
    const inserted = this.#db
      .statement(
        'INSERT INTO base (type, id, rev, sum, key, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      )
      .run(type, id, entity.rev, sum, wished, body);
    if (inserted.changes === 1) {
      this.#insertBody(body, entity.body);
      if (awaited) return this.#noteChanged(entity);
      const key = this.#projections.put(undefined, entity);
      if (key !== wished) this.#setKey(type, id, key);
      return;
    }
    const old = this.#base(type, id);
    if (!old || (!force && old.rev >= entity.rev)) return;
    const key = awaited ? old.key : this.#projections.put(old.key ?? undefined, entity);
    if (old.body === null) this.#insertBody(body, entity.body);
    else this.#db.statement('UPDATE bodies SET body = ? WHERE pk = ?').run(entity.body, old.body);
    this.#update(type, id, { rev: entity.rev, sum, key, body: old.body ?? body });
    if (awaited) this.#noteChanged(entity);
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
    const key = this.#endBody(type, bytes, old);
    this.#update(code, bytes, { rev, sum: 0, key, body: null });
  }

  /** Takes away an entity as if it had never been: a full re-read did not bring it. */
  drop(type: EntityType, id: Uint8Array): void {
    const code = typeCodes.code(type);
    const old = this.#base(code, id);
    if (!old) return;
    const key = this.#endBody(type, id, old);
    if (this.#isAwaited(code, id)) this.#update(code, id, { rev: 0, sum: 0, key, body: null });
    else this.#db.statement('DELETE FROM base WHERE type = ? AND id = ?').run(code, id);
  }

  /** Shows a value that waiting changes make; undefined shows it as deleted. */
  show(ref: Ref, value: unknown): void {
    const [code, bytes] = [typeCodes.code(ref.type), idBytes(ref.id)];
    const body = value === undefined ? null : Buffer.from(JSON.stringify(value));
    this.#db.run(
      'INSERT INTO overlay VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET sum = excluded.sum, body = excluded.body',
      code,
      bytes,
      body === null ? 0 : checksum(body),
      body,
    );
    const old = this.#base(code, bytes);
    if (!old) this.#db.run('INSERT INTO base (type, id, rev, sum) VALUES (?, ?, 0, 0)', code, bytes);
    this.#project(ref, old, value);
  }

  /** Shows what the service told: nothing waits for it any more. */
  showTold(ref: Ref): void {
    const [code, bytes] = [typeCodes.code(ref.type), idBytes(ref.id)];
    this.#db.run('DELETE FROM overlay WHERE type = ? AND id = ?', code, bytes);
    const old = this.#base(code, bytes);
    if (!old) return;
    this.#project(ref, old, readTold(this.#db, ref.type, ref.id));
    // It was here for its key only.
    if (old.rev === 0 && old.body === null)
      this.#db.run('DELETE FROM base WHERE type = ? AND id = ?', code, bytes);
  }

  /** What the service told anew of entities that waiting changes touch. */
  takeChanged(): Ref[] {
    const changed = [...this.#changed.values()];
    this.#changed.clear();
    return changed;
  }

  /** Writes totals and texts of everything since the last flush; answers what changed on screens. */
  flush(): Topic[] {
    return this.#projections.flush();
  }

  forget(): void {
    this.#lastBody = undefined;
    this.#changed.clear();
    this.#projections.forget();
  }

  #isAwaited(type: number, id: Uint8Array): boolean {
    if (!this.#changesWait) return false;
    return (
      this.#db.value('SELECT 1 FROM change_refs WHERE type = ? AND id = ? LIMIT 1', type, id) !== undefined
    );
  }

  #noteChanged({ type, id }: Ref): void {
    this.#changed.set(`${type} ${id}`, { type, id });
  }

  #base(type: number, id: Uint8Array): BaseRow | undefined {
    return this.#db.get<BaseRow>('SELECT rev, key, body FROM base WHERE type = ? AND id = ?', type, id);
  }

  #update(type: number, id: Uint8Array, row: BaseRow & { sum: number }): void {
    this.#db
      .statement('UPDATE base SET rev = ?, sum = ?, key = ?, body = ? WHERE type = ? AND id = ?')
      .run(row.rev, row.sum, row.key, row.body, type, id);
  }

  #setKey(type: number, id: Uint8Array, key: number | null): void {
    this.#db.statement('UPDATE base SET key = ? WHERE type = ? AND id = ?').run(key, type, id);
  }

  #insertBody(pk: number, body: Uint8Array): void {
    this.#db.statement('INSERT INTO bodies VALUES (?, ?)').run(pk, body);
    this.#lastBody = pk;
  }

  #nextBody(): number {
    this.#lastBody ??= this.#db.value<number | null>('SELECT max(pk) FROM bodies') ?? 0;
    return this.#lastBody + 1;
  }

  /** The service no longer has it. Answers the key that its row keeps. */
  #endBody(type: EntityType, id: Uint8Array, old: BaseRow): number | null {
    if (old.body !== null) this.#db.statement('DELETE FROM bodies WHERE pk = ?').run(old.body);
    if (this.#isAwaited(typeCodes.code(type), id)) {
      this.#noteChanged({ type, id: idText(id) });
      return old.key;
    }
    if (old.body !== null) this.#projections.remove(type, old.key);
    return null;
  }

  #project(ref: Ref, old: BaseRow | undefined, value: unknown): void {
    const before = old?.key ?? null;
    let key: number | null = null;
    if (value === undefined) this.#projections.remove(ref.type, before);
    else key = this.#projections.put(before ?? undefined, { ...ref, value } as Valued);
    if (key !== before) this.#setKey(typeCodes.code(ref.type), idBytes(ref.id), key);
  }
}
