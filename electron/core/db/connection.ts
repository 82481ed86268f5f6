import type BetterSqlite from 'better-sqlite3';
import type { Log } from '../log.ts';
import { toDbError } from './errors.ts';
import type { DbKey } from './sqlite.ts';
import { openSqlite } from './sqlite.ts';

export type Param = number | string | Uint8Array | null;

const SLOW_MS = 50;

/** Called before each statement that a connection runs; what it throws goes through to whoever runs it. */
export type BeforeWrite = (what: string) => void;

export interface ConnectionOptions extends BetterSqlite.Options {
  /** Undefined for a database that is not encrypted. */
  key: DbKey | undefined;
}

/** One SQLite connection: prepared statements kept by their text, slow ones logged, errors with the statement but no value. */
export class Connection {
  readonly raw: BetterSqlite.Database;
  readonly #log: Log;
  readonly #before: BeforeWrite | undefined;
  readonly #statements = new Map<string, BetterSqlite.Statement<Param[]>>();

  constructor(path: string, options: ConnectionOptions, log: Log, before?: BeforeWrite) {
    this.#log = log;
    this.#before = before;
    const { key, ...own } = options;
    this.raw = this.#guard(undefined, () => openSqlite(path, own, key));
  }

  /** A prepared statement for loops that run it thousands of times; wrap the loop in `guarded`. */
  statement(sql: string): BetterSqlite.Statement<Param[]> {
    const known = this.#statements.get(sql);
    if (known) return known;
    const prepared = this.#watched(
      sql,
      this.#guard(sql, () => this.raw.prepare<Param[]>(sql)),
    );
    this.#statements.set(sql, prepared);
    return prepared;
  }

  all<Row>(sql: string, ...params: Param[]): Row[] {
    return this.#timed(sql, () => this.statement(sql).all(...params) as Row[]);
  }

  get<Row>(sql: string, ...params: Param[]): Row | undefined {
    return this.#timed(sql, () => this.statement(sql).get(...params) as Row | undefined);
  }

  /** The first column of every row. */
  column<Value>(sql: string, ...params: Param[]): Value[] {
    return this.#timed(sql, () => this.#plucked(sql).all(...params) as Value[]);
  }

  /** The first column of the first row. */
  value<Value>(sql: string, ...params: Param[]): Value | undefined {
    return this.#timed(sql, () => this.#plucked(sql).get(...params) as Value | undefined);
  }

  run(sql: string, ...params: Param[]): BetterSqlite.RunResult {
    return this.#timed(sql, () => this.statement(sql).run(...params));
  }

  exec(sql: string): void {
    this.#before?.(sql);
    this.#timed(sql, () => this.raw.exec(sql));
  }

  pragma(pragma: string): unknown {
    this.#before?.(pragma);
    return this.#guard(pragma, () => this.raw.pragma(pragma, { simple: true }));
  }

  /** Several reads of one and the same state of the database. */
  snapshot<T>(read: () => T): T {
    if (this.raw.inTransaction) return read();
    this.exec('BEGIN');
    try {
      return read();
    } finally {
      this.exec('COMMIT');
    }
  }

  /** Runs code that uses raw statements, turning what they throw into DbErrors. */
  guarded<T>(what: string, run: () => T): T {
    return this.#guard(what, run);
  }

  close(): void {
    this.#statements.clear();
    this.raw.close();
  }

  /** Plucking is a mode of the statement, so these are kept apart from those that answer rows. */
  #plucked(sql: string): BetterSqlite.Statement<Param[]> {
    const key = `${sql} -- first column`;
    const known = this.#statements.get(key);
    if (known) return known;
    const prepared = this.#watched(sql, this.#guard(sql, () => this.raw.prepare<Param[]>(sql)).pluck());
    this.#statements.set(key, prepared);
    return prepared;
  }

  /** Statements that tell before they run; as they are when nobody listens. */
  #watched(sql: string, statement: BetterSqlite.Statement<Param[]>): BetterSqlite.Statement<Param[]> {
    const before = this.#before;
    if (!before) return statement;
    const watch =
      <R>(run: (...params: Param[]) => R) =>
      (...params: Param[]): R => {
        before(sql);
        return run(...params);
      };
    return Object.assign(Object.create(statement) as BetterSqlite.Statement<Param[]>, {
      run: watch((...params) => statement.run(...params)),
      get: watch((...params) => statement.get(...params)),
      all: watch((...params) => statement.all(...params)),
    });
  }

  #timed<T>(sql: string, run: () => T): T {
    const started = performance.now();
    const result = this.#guard(sql, run);
    const took = performance.now() - started;
    if (took > SLOW_MS)
      this.#log('warn', 'slow query', { sql: sql.replace(/\s+/g, ' ').slice(0, 300), ms: Math.round(took) });
    return result;
  }

  #guard<T>(sql: string | undefined, run: () => T): T {
    try {
      return run();
    } catch (error) {
      throw toDbError(error, sql);
    }
  }
}
