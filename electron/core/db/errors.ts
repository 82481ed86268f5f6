import BetterSqlite from 'better-sqlite3';

export type DbErrorKind = 'damaged' | 'full' | 'busy' | 'newer' | 'file' | 'other';

/** A failure of the database. `detail` holds SQLite's code and the statement, never a value. */
export class DbError extends Error {
  override readonly name = 'DbError';
  readonly kind: DbErrorKind;
  readonly code: string;
  readonly detail: string;

  constructor(kind: DbErrorKind, code: string, statement?: string) {
    const detail =
      statement === undefined ? code : `${code} in ${statement.replace(/\s+/g, ' ').slice(0, 300)}`;
    super(detail);
    this.kind = kind;
    this.code = code;
    this.detail = detail;
  }
}

function kindOf(code: string): DbErrorKind {
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'damaged';
  if (code === 'SQLITE_FULL') return 'full';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'busy';
  // A file cut short shows as a short read: the pages that the header promises are not there.
  if (code === 'SQLITE_IOERR_SHORT_READ') return 'damaged';
  if (code.startsWith('SQLITE_IOERR') || code === 'SQLITE_CANTOPEN' || code.startsWith('SQLITE_READONLY'))
    return 'file';
  return 'other';
}

/** Turns what better-sqlite3 throws into a DbError; anything else is a bug and passes through. */
export function toDbError(error: unknown, statement?: string): unknown {
  if (!(error instanceof BetterSqlite.SqliteError)) return error;
  return new DbError(kindOf(error.code), error.code, statement);
}
