import { z } from 'zod';
import { Uuid } from '../domain/ids.ts';
import { Instant } from '../domain/time.ts';

export const MAX_PUSH_MUTATIONS = 100;
export const MAX_PUSH_BYTES = 256 * 1024;

/** What a mutation that its author took back before it left has become: it does nothing, but keeps its place in the sequence. */
export const NOOP = 'noop';

/** One change that a person made on a device. What it means is decided by its name and arguments, when it is run. */
export const Mutation = z.strictObject({
  /** Made once, on the device, and never again: the service runs a mutation of an id once for the account, whichever replica sends it. */
  id: Uuid,
  /** 1, 2, 3, … for each replica, without gaps. */
  seq: z.int().min(1),
  name: z.string().min(1).max(60),
  args: z.unknown(),
  base: z.unknown().optional(),
  /** By the device's clock: for people to read; decides nothing. */
  at: Instant,
});
export type Mutation = z.infer<typeof Mutation>;

/** `POST /v1/sync/push`, at most MAX_PUSH_BYTES. */
export const PushRequest = z.strictObject({
  replicaId: Uuid,
  mutations: z.array(Mutation).min(1).max(MAX_PUSH_MUTATIONS),
});
export type PushRequest = z.infer<typeof PushRequest>;

export const MutationOutcome = z.discriminatedUnion('outcome', [
  z.object({ seq: z.int().min(1), id: Uuid, outcome: z.literal('applied') }),
  z.object({
    seq: z.int().min(1),
    id: Uuid,
    outcome: z.literal('rejected'),
    kind: z.string().min(1).max(60),
    field: z.string().max(200).optional(),
    /** The value that stands; absent when there is none. */
    present: z.unknown().optional(),
  }),
]);
export type MutationOutcome = z.infer<typeof MutationOutcome>;

export const PushResponse = z.object({
  /** One for each mutation that was taken, in their order; those that had been taken before answer the same again. */
  outcomes: z.array(MutationOutcome).max(MAX_PUSH_MUTATIONS),
  /** The newest of this replica's mutations that the service has taken. */
  lastSeq: z.int().min(0),
  /** Why the mutations after those with an outcome were not taken. */
  stopped: z
    .discriminatedUnion('kind', [
      /** Mutations between `lastSeq` and the batch are missing: the service was set back, or they were never sent. */
      z.object({ kind: z.literal('gap'), expected: z.int().min(1) }),
      /**
       * Another mutation has this sequence number already: the replica was cloned or set back. It goes on under a new id, with its
       * outbox numbered anew; ids of mutations stay, so what was applied under the old name is not applied again.
       */
      z.object({ kind: z.literal('forked'), seq: z.int().min(1) }),
    ])
    .optional(),
});
export type PushResponse = z.infer<typeof PushResponse>;
