import type { AppError } from '#shared/ipc/errors.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** The system's code of a failed file operation; undefined when it is another kind of error. */
export function systemCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return 'syscall' in error ? error.code : undefined;
}

export function fileError(code: string): AppError {
  return FULL.has(code) ? { kind: 'disk_full', detail: code } : { kind: 'file_error', detail: code };
}

/** What reading answers; undefined where there is no such file. */
export async function unlessMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
