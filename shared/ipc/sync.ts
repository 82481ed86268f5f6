import { z } from 'zod';
import { Instant } from '../domain/time.ts';
import { AppError } from './errors.ts';

export const SyncStatus = z.object({
  /**
   * `idle`: up to date when `problem` is absent. `offline`: the last request met no service.
   * `paused`: something other than the network stops it; `problem` says what.
   */
  phase: z.enum(['signed_out', 'idle', 'syncing', 'offline', 'paused']),
  problem: AppError.optional(),
  lastSyncAt: Instant.optional(),
  nextTryAt: Instant.optional(),
  /** While the first read (or a full re-read) goes on: older items are still coming. */
  firstSync: z.object({ received: z.int(), expected: z.int().optional() }).optional(),
  counts: z.object({
    orders: z.int(),
    invoices: z.int(),
    vehicles: z.int(),
    baskets: z.int(),
  }),
  /** Changes on this computer only, changes that were refused, and notices that nobody has dismissed. */
  changes: z.object({ waiting: z.int(), refused: z.int(), notices: z.int() }),
  files: z.object({ here: z.int(), waiting: z.int(), damaged: z.int(), failed: z.int() }),
  /** Items of a type or a shape that this version cannot read: skipped, and read again after an upgrade. */
  unreadable: z.int(),
  /** How far this computer's clock is from the service's, when that is more than five minutes. */
  clockSkewSeconds: z.int().optional(),
  /** The local copy was damaged and set aside; what is shown was, or is being, downloaded again. */
  rebuiltAt: Instant.optional(),
});
export type SyncStatus = z.infer<typeof SyncStatus>;
