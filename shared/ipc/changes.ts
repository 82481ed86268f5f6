import { z } from 'zod';
import { entityTypes } from '../domain/entities.ts';
import { Uuid } from '../domain/ids.ts';
import { Notice } from '../domain/notice.ts';
import { Instant } from '../domain/time.ts';
import { AppErrorKind } from './errors.ts';

export type { MutationCall, MutationName } from '../mutations/all.ts';

/** A change as the window asks for it; the engine checks the arguments against the mutator of that name. */
export const ChangeRequest = z.strictObject({
  name: z.string().min(1).max(60),
  args: z.unknown(),
  /** The value that the person saw when they began; what is shown now, when absent. */
  base: z.unknown().optional(),
});

export const ChangeRefusal = z.object({
  kind: z.enum([
    'conflict',
    'not_found',
    'duplicate',
    'invalid',
    'too_many',
    'unknown_mutation',
    'too_large',
    'outbox_full', // too many changes wait on this computer, or are undecided
    'internal', // the service met a bug of its own: sent again, it may go through
    'later_changes', // undo: something that was changed afterwards builds on it
    'already_sent', // undo: it has left, and nothing takes it back
  ]),
  field: z.string().optional(),
  present: z.unknown().optional(),
});
export type ChangeRefusal = z.infer<typeof ChangeRefusal>;

/** A refused change was never made: what is shown and kept is as before. */
export const MadeChange = z.discriminatedUnion('made', [
  /** Durable on this computer, and shown. */
  z.object({ made: z.literal(true), id: Uuid, canUndo: z.boolean() }),
  z.object({ made: z.literal(false), refusal: ChangeRefusal }),
]);
export type MadeChange = z.infer<typeof MadeChange>;

export const PendingChange = z.object({
  id: Uuid,
  name: z.string(),
  args: z.unknown(),
  /** The value that the person saw. */
  base: z.unknown().optional(),
  at: Instant,
  /** `waiting`: on this computer only. `sent`: it may have arrived, the answer is not here yet; never one of which is certain that it has not left. `refused`: the person decides. */
  state: z.enum(['waiting', 'sent', 'refused']),
  /** What it is about, in the words of the screens: a basket's name, a plate, an order's number. */
  subject: z.object({ type: z.enum(entityTypes), id: Uuid, label: z.string() }),
  refusal: z
    .object({ kind: z.string(), field: z.string().optional(), present: z.unknown().optional() })
    .optional(),
  canUndo: z.boolean(),
  /** Whether "mine" can be sent again, on top of what stands now. */
  canSendAgain: z.boolean(),
});
export type PendingChange = z.infer<typeof PendingChange>;

export const ChangeList = z.object({
  /** The oldest 500 of those waiting or sent. */
  waiting: z.array(PendingChange),
  waitingCount: z.int(),
  refused: z.array(PendingChange),
  notices: z.array(
    z.object({
      id: Uuid,
      notice: Notice,
      /** Whether the value that lost can be put back. */
      canTakeBack: z.boolean(),
    }),
  ),
});
export type ChangeList = z.infer<typeof ChangeList>;

/** One try to sync that sent, brought or failed something. Tries that fail alike one after another are one entry with a count. */
export const SyncLogEntry = z.object({
  startedAt: Instant,
  tookMs: z.int(),
  count: z.int().min(1),
  sent: z.int(),
  refused: z.int(),
  /** Entities that came or went. */
  received: z.int(),
  problem: AppErrorKind.optional(),
});
export type SyncLogEntry = z.infer<typeof SyncLogEntry>;
