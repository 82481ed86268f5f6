import { existsSync, statSync } from 'node:fs';
import type BetterSqlite from 'better-sqlite3';
import { typeCodes } from '#core/db/codes.ts';
import { idBytes, idText } from '#core/db/ids.ts';
import type { EntityType } from '#shared/domain/entities.ts';
import { openCache } from '#test/support/keys.ts';

export interface ChangeState {
  ord: number;
  seq: number | null;
  id: string;
  state: number;
  instead: number;
  at: string;
  name: string;
  args: string;
  base: string | null;
}

export interface BaseState {
  key: string;
  type: string;
  id: string;
  rev: number;
  sum: number;
  live: boolean;
}

type Raw = Record<string, unknown> & { id: Buffer };

/** Looks into the database of an engine from outside, as it was last committed. */
export class EngineTables {
  readonly #path: string;
  readonly #keyring: (id: string) => string | undefined;
  #file: { ino: number; db: BetterSqlite.Database } | undefined;
  readonly #statements = new Map<string, BetterSqlite.Statement>();
  readonly #answers = new Map<string, unknown>();
  #version: unknown;

  constructor(path: string, keyring: (id: string) => string | undefined) {
    this.#path = path;
    this.#keyring = keyring;
  }

  /** Whether there is a database of this version. */
  ready(): boolean {
    return (
      existsSync(this.#path) && this.#all("SELECT 1 FROM sqlite_schema WHERE name = 'changes'").length > 0
    );
  }

  changes(): readonly ChangeState[] {
    return this.#once('changes', () =>
      this.#all('SELECT ord, seq, id, state, instead, at, name, args, base FROM changes ORDER BY ord').map(
        (row) => ({ ...row, id: idText(row.id) }) as ChangeState,
      ),
    );
  }

  base(): readonly BaseState[] {
    return this.#once('base', () =>
      this.#all('SELECT type, id, rev, sum, body IS NOT NULL AS live FROM base').map((row) => {
        const [type, id] = [typeCodes.word(row['type'] as number), idText(row.id)];
        return {
          key: `${type} ${id}`,
          type,
          id,
          rev: row['rev'],
          sum: row['sum'],
          live: row['live'] === 1,
        } as BaseState;
      }),
    );
  }

  /** The JSON of everything that the service told, or that is shown in its place. */
  values(what: 'told' | 'shown'): ReadonlyMap<string, string> {
    return this.#once(what, () => {
      const body = what === 'told' ? 't.body' : 'iif(o.id IS NULL, t.body, o.body)';
      const rows = this.#all(
        `SELECT b.type, b.id, ${body} AS body FROM base b LEFT JOIN bodies t ON t.pk = b.body
         LEFT JOIN overlay o ON o.type = b.type AND o.id = b.id WHERE ${body} IS NOT NULL`,
      );
      return new Map(
        rows.map((row) => [
          `${typeCodes.word(row['type'] as number)} ${idText(row.id)}`,
          (row['body'] as Buffer).toString(),
        ]),
      );
    });
  }

  shown(type: EntityType, id: string): string | undefined {
    return this.#once(`shown ${type} ${id}`, () => {
      const row = this.#statement(
        `SELECT iif(o.id IS NULL, t.body, o.body) AS body FROM base b LEFT JOIN bodies t ON t.pk = b.body
         LEFT JOIN overlay o ON o.type = b.type AND o.id = b.id WHERE b.type = ? AND b.id = ?`,
      ).get(typeCodes.code(type), idBytes(id)) as { body: Buffer | null } | undefined;
      return row?.body?.toString();
    });
  }

  /** Everything of a replica that has an owner. */
  ids(): string[] {
    return ['base', 'overlay', 'staged', 'change_refs'].flatMap((table) =>
      this.#all(`SELECT DISTINCT id FROM ${table}`).map((row) => idText(row.id)),
    );
  }

  counts(): { staged: number; log: number } {
    const of = (table: string): number =>
      (this.#all(`SELECT count(*) AS n FROM ${table}`)[0]?.['n'] ?? 0) as number;
    return { staged: of('staged'), log: of('sync_log') };
  }

  meta(name: string): unknown {
    const all = this.#once(
      'meta',
      () =>
        new Map(
          this.#all('SELECT name, value FROM meta').map((row) => [row['name'] as string, row['value']]),
        ),
    );
    return all.get(name);
  }

  close(): void {
    this.#statements.clear();
    this.#answers.clear();
    this.#version = undefined;
    this.#file?.db.close();
    this.#file = undefined;
  }

  /** Several checks look at one and the same state: what was read of it is kept until another connection has committed. */
  #once<T>(question: string, read: () => T): T {
    const version = this.#statement('PRAGMA data_version').pluck().get();
    if (version !== this.#version) this.#answers.clear();
    this.#version = version;
    if (!this.#answers.has(question)) this.#answers.set(question, read());
    return this.#answers.get(question) as T;
  }

  #all(sql: string): Raw[] {
    return this.#statement(sql).all() as Raw[];
  }

  /** A damaged database is replaced by a new file of the same name. */
  #statement(sql: string): BetterSqlite.Statement {
    const { ino } = statSync(this.#path);
    if (this.#file?.ino !== ino) {
      this.close();
      this.#file = { ino, db: openCache(this.#path, { readonly: true, timeout: 0 }, this.#keyring) };
    }
    const known = this.#statements.get(sql);
    if (known) return known;
    const made = this.#file.db.prepare(sql);
    this.#statements.set(sql, made);
    return made;
  }
}
