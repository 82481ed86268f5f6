import { fail } from '#shared/ipc/errors.ts';

/** What the file system threw, as the failure that the window can explain; anything else is a bug and is thrown on. */
export function fileFailure(error: unknown): ReturnType<typeof fail> {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error;
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return fail('disk_full');
  return fail('file_error', { detail: error.code });
}
