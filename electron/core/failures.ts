import type { AppError } from '#shared/ipc/errors.ts';
import { DbError } from './db/errors.ts';
import { fileError, systemCodeOf } from './files/errors.ts';

/** What people are told of an expected failure of this computer; undefined for a bug. */
export function expectedFailure(error: unknown): AppError | undefined {
  if (error instanceof DbError) return databaseFailure(error);
  const code = systemCodeOf(error);
  return code === undefined ? undefined : fileError(code);
}

function databaseFailure(error: DbError): AppError | undefined {
  switch (error.kind) {
    case 'damaged':
      return { kind: 'database_damaged', detail: error.detail };
    case 'full':
      return { kind: 'disk_full', detail: error.code };
    case 'busy':
      return { kind: 'database_busy', detail: error.code };
    case 'newer':
      return { kind: 'database_newer' };
    case 'file':
      return { kind: 'file_error', detail: error.code };
    case 'other':
      return error.code === 'store_closed' ? { kind: 'cancelled' } : undefined;
  }
}
