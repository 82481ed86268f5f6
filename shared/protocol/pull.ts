import { z } from 'zod';
import { Uuid } from '../domain/ids.ts';

export const MAX_PULL_LIMIT = 1000;

/** `GET /v1/sync/pull`. Numbers come as text in a query string. */
export const PullQuery = z.strictObject({
  replicaId: Uuid,
  cursor: z.string().min(1).max(500).optional(),
  /** Rejections up to this sequence number are on the replica's disk. */
  ackSeq: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PULL_LIMIT).default(500),
  /** A new one for each question, repeated by the answer: one that was given before, by a cache or a proxy on the way, does not have it. */
  ask: Uuid.optional(),
});
export type PullQuery = z.infer<typeof PullQuery>;

/**
 * The envelope of a change. The type is any text and the value anything here: a type that this version does not know,
 * or a value that it cannot read, is skipped and counted, and must not stop the page.
 */
export const Change = z.discriminatedUnion('op', [
  z.object({
    op: z.literal('put'),
    type: z.string().min(1).max(40),
    id: Uuid,
    rev: z.int().min(1),
    value: z.unknown(),
  }),
  z.object({ op: z.literal('del'), type: z.string().min(1).max(40), id: Uuid, rev: z.int().min(1) }),
]);
export type Change = z.infer<typeof Change>;

/**
 * A mutation that was refused, repeated to every pull whose `ackSeq` is lower: a replica that was set back to an older copy
 * of itself learns it again.
 */
export const Rejection = z.object({
  seq: z.int().min(1),
  id: Uuid,
  kind: z.string().min(1).max(60),
  field: z.string().max(200).optional(),
  /** The value that stood when it was refused; absent when there was none. */
  present: z.unknown().optional(),
});
export type Rejection = z.infer<typeof Rejection>;

export const PullResponse = z.object({
  changes: z.array(Change).max(MAX_PULL_LIMIT),
  rejections: z.array(Rejection).max(MAX_PULL_LIMIT),
  /** The cursor that was asked with, null for none: a page that answers another question must not be applied. */
  after: z.string().max(500).nullable(),
  /** What the question was asked with. */
  ask: Uuid.optional(),
  /** Opaque; at most what the query takes back. */
  cursor: z.string().min(1).max(500),
  hasMore: z.boolean(),
  /** Only with the page whose `hasMore` is false: then the base holds every effect up to it. */
  lastSeq: z.int().min(0).optional(),
  /**
   * The id of the mutation that `lastSeq` counts last; with it, when that is not 0. A replica that knows another mutation, or none, under
   * that number has a twin (a cloned disk, a restored folder) whose changes these were: its own are not in the base.
   */
  lastId: Uuid.optional(),
  /** Another epoch than the replica knows: the service was restored, read everything again. */
  epoch: z.string().min(1).max(64),
  /** How many changes are still to come after this page, to show progress; a hint that decides nothing. */
  remaining: z.int().min(0).optional(),
});
export type PullResponse = z.infer<typeof PullResponse>;
