import type { Result } from '#shared/ipc/errors.ts';
import type { fail } from '../result.ts';

/** Ends the writing of a file for a reason that is a result, not a bug. */
export class Stopped extends Error {
  readonly result: ReturnType<typeof fail>;
  constructor(result: Stopped['result']) {
    super(result.error.kind);
    this.result = result;
  }
}

export async function unlessStopped<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Stopped) return error.result;
    throw error;
  }
}
