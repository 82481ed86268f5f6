import Database from 'better-sqlite3';
import {
  CompiledQuery,
  SqliteDialect,
  sql,
  type ColumnDefinitionBuilder,
  type CreateTableBuilder,
  type Dialect,
  type Driver,
  type Expression,
  type RawBuilder,
  type SqliteDatabase,
  type SqliteStatement,
} from 'kysely';
import type { Db } from './schema.ts';

/**
 * Everything that SQLite and PostgreSQL say differently. The rest of the service speaks to Kysely alone;
 * PostgreSQL is a second object of this shape.
 */
export interface StoreDialect {
  open(file: string): Dialect;
  /** What ends a CREATE TABLE. */
  finishTable<T extends string, C extends string>(table: CreateTableBuilder<T, C>): CreateTableBuilder<T, C>;
  /** A column that numbers its rows itself. */
  autoKey(column: ColumnDefinitionBuilder): ColumnDefinitionBuilder;
  /** Joins a text column of the rows of an ordered subquery with commas, in that order, as bytes. */
  joinAsBytes(column: Expression<string>): RawBuilder<Buffer | null>;
  /** A number that changes when another process has committed something; PostgreSQL would be asked to NOTIFY instead. */
  versionByOthers(db: Db): Promise<number>;
}

/** A 1.3 KB order fits in one such page without overflow pages: a page of the feed is read a third faster than with 4 KiB. */
const PAGE_BYTES = 16_384;

/** Read from the file cache in place: a first read of 10,000 orders walks over more than SQLite's own cache holds. */
const MAPPED_BYTES = 1024 ** 3;

/**
 * Whoever means to write says so when a transaction begins. SQLite would let two processes begin to read, and refuse the one that writes second at once,
 * without waiting, because it has read what is no longer so.
 */
class WritersFirst extends SqliteDialect {
  override createDriver(): Driver {
    const driver = super.createDriver();
    driver.beginTransaction = async (connection, { accessMode }) => {
      const begin = accessMode === 'read only' ? 'begin' : 'begin immediate';
      await connection.executeQuery(CompiledQuery.raw(begin));
    };
    return driver;
  }
}

/** Kysely prepares anew for each query; a bulk insert's shapes are few as well. */
const REMEMBERED_STATEMENTS = 100;

function rememberStatements(database: Database.Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    prepare(text) {
      let statement = statements.get(text);
      if (!statement) {
        statement = database.prepare(text);
        if (statements.size >= REMEMBERED_STATEMENTS) statements.clear();
        statements.set(text, statement);
      }
      return statement;
    },
    close: () => database.close(),
  };
}

export const sqlite: StoreDialect = {
  open(file) {
    return new WritersFirst({
      database: () => {
        const database = new Database(file);
        // First: several processes may be making the database at once.
        database.pragma('busy_timeout = 5000');
        database.pragma(`page_size = ${PAGE_BYTES}`);
        database.pragma('journal_mode = WAL');
        database.pragma('synchronous = FULL');
        database.pragma('foreign_keys = ON');
        database.pragma(`mmap_size = ${MAPPED_BYTES}`);
        return Promise.resolve(rememberStatements(database));
      },
    });
  },
  finishTable: (table) => table.modifyEnd(sql`strict`),
  autoKey: (column) => column.primaryKey(),
  // Without ORDER BY inside the aggregate, which would copy every row once more (four times slower): SQLite steps through
  // the ordered subquery in its order, and a test holds it to that.
  joinAsBytes: (column) => sql`cast(group_concat(${column}, ',') as blob)`,
  async versionByOthers(db) {
    const { rows } = await sql<{ data_version: number }>`pragma data_version`.execute(db);
    return rows[0]?.data_version ?? 0;
  },
};
