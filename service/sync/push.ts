import { ZodError } from 'zod';
import { toInstant } from '#shared/domain/time.ts';
import { prepare } from '#shared/mutations/run.ts';
import { NOOP, type Mutation, type PushRequest, type PushResponse } from '#shared/protocol/push.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/open.ts';
import type { Trx } from '../store/schema.ts';
import { Desk } from './desk.ts';
import { advance, lastTaken, take, takenAs, verdictOn, type Replica, type Verdict } from './mutation-log.ts';
import { readEntity } from './read-entity.ts';
import { lockAccount, writeEntities, type LockedAccount } from './write-entities.ts';

export interface Pushed {
  response: PushResponse;
  /** Whether the feed has something new for other replicas. */
  changed: boolean;
  /** What a mutator threw. The mutations before it were taken; it and those after it were not. */
  bug?: unknown;
}

const APPLIED: Verdict = { outcome: 'applied' };
/** A path is quoted from the arguments, where a key may be of any length. */
const LONGEST_FIELD = 200;

/**
 * Takes a replica's mutations (docs/protocol.md, "Writing"). The whole batch is one database transaction: a mutation's writes, its outcome
 * and the replica's `lastSeq` become durable together, and a batch costs one flush of the disk instead of a hundred. Nothing needs a savepoint:
 * a mutation writes nothing before it has been decided, so one that throws leaves those before it as they are. The account's row is locked first,
 * so that two pushes at once, be it the same request twice, come one after the other.
 */
export async function push(
  store: Store,
  clock: Clock,
  accountKey: number,
  request: PushRequest,
): Promise<Pushed> {
  try {
    return await takeBatch(store, clock, accountKey, request, { checked: false });
  } catch (error) {
    // A mutator wrote what a schema refuses, and nothing was taken. Once more, slowly, to find out which one it was.
    if (error instanceof ZodError) return takeBatch(store, clock, accountKey, request, { checked: true });
    throw error;
  }
}

async function takeBatch(
  store: Store,
  clock: Clock,
  accountKey: number,
  { replicaId, mutations }: PushRequest,
  { checked }: { checked: boolean },
): Promise<Pushed> {
  const replica: Replica = { accountKey, id: replicaId };
  return store.db.transaction().execute(async (trx) => {
    const account = await lockAccount(store, trx, accountKey);
    const desk = new Desk(({ type, id }) => readEntity(store, trx, accountKey, type, id), checked);
    const before = (await lastTaken(store, trx, replica)).seq;
    const now = clock.now();
    const takenAt = toInstant(now);
    const response: PushResponse = { outcomes: [], lastSeq: before };
    const { outcomes } = response;
    let bug: { thrown: unknown } | undefined;

    for (const mutation of mutations) {
      const { seq, id } = mutation;
      if (seq <= response.lastSeq) {
        const taken = await takenAs(store, trx, replica, seq);
        if (taken.id === id) {
          outcomes.push(taken);
          continue;
        }
        response.stopped = { kind: 'forked', seq };
        break;
      }
      if (seq > response.lastSeq + 1) {
        response.stopped = { kind: 'gap', expected: response.lastSeq + 1 };
        break;
      }
      const decided = await decide(store, trx, account, desk, mutation);
      if ('thrown' in decided) {
        bug = decided;
        break;
      }
      const outcome = { seq, id, ...decided };
      await take(store, trx, replica, outcome, takenAt);
      outcomes.push(outcome);
      response.lastSeq = seq;
    }

    if (response.lastSeq > before) await advance(store, trx, replica, response.lastSeq);
    const rev = await writeEntities(store, trx, account, desk.writes, now);
    return { response, changed: rev > account.rev, ...(bug ? { bug: bug.thrown } : {}) };
  });
}

/** Runs a mutation once for its id, whichever replica sends it under whichever number, and leaves what it writes on the desk. */
async function decide(
  store: Store,
  trx: Trx,
  account: LockedAccount,
  desk: Desk,
  mutation: Mutation,
): Promise<Verdict | { thrown: unknown }> {
  const known = await verdictOn(store, trx, account.key, mutation.id);
  if (known) return known;
  if (mutation.name === NOOP) return APPLIED;
  const preparation = prepare(mutation, account.id);
  if (!preparation.ok) return rejected(preparation.refusal);
  const { prepared } = preparation;
  await desk.prepare(prepared.reads);
  try {
    const { id, at } = mutation;
    const outcome = prepared.run(desk.read, { id, at, accountId: account.id, mode: 'decide' });
    if (!outcome.ok) return rejected(outcome.refusal);
    desk.stage(outcome.writes);
    return APPLIED;
  } catch (thrown) {
    return { thrown };
  }
}

function rejected({ kind, field, present }: { kind: string; field?: string; present?: unknown }): Verdict {
  return {
    outcome: 'rejected',
    kind,
    ...(field === undefined ? {} : { field: field.slice(0, LONGEST_FIELD) }),
    ...(present === undefined ? {} : { present }),
  };
}
