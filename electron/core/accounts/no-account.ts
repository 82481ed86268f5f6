import type { AppError } from '#shared/ipc/errors.ts';
import type { SyncStatus } from '#shared/ipc/sync.ts';

/** While nobody is shown: signed out, or something is in the way and is tried again. */
export function statusOfNobody(problem: AppError | undefined, nextTryAt: string | undefined): SyncStatus {
  return {
    phase: problem ? 'paused' : 'signed_out',
    ...(problem && { problem }),
    ...(problem && nextTryAt !== undefined && { nextTryAt }),
    counts: { orders: 0, invoices: 0, vehicles: 0, baskets: 0 },
    changes: { waiting: 0, refused: 0, notices: 0 },
    files: { here: 0, waiting: 0, damaged: 0, failed: 0 },
    unreadable: 0,
  };
}
