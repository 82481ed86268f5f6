import { DbError } from './db/errors.ts';

/** For the log: what failed and where in the code, without the message, which might quote data. */
export function describeError(error: unknown): Record<string, string> {
  if (error instanceof DbError) return { error: error.kind, detail: error.detail };
  if (!(error instanceof Error)) return { error: typeof error };
  const at = (error.stack ?? '').split('\n').map((line) => line.trim());
  const where = at.filter((line) => line.startsWith('at ')).slice(0, 4);
  return { error: error.name, at: where.join(' | ') };
}
