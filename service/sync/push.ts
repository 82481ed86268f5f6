import { ZodError } from 'zod';
import { toInstant } from '#shared/domain/time.ts';
import type { Write } from '#shared/mutations/mutator.ts';
import { prepare, type Preparation } from '#shared/mutations/run.ts';
import { NOOP, type Mutation, type PushRequest, type PushResponse } from '#shared/protocol/push.ts';
import { newChoices, recordConsents, type Choices } from '../accounts/consents.ts';
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
}

/** Hears of a mutator that threw, before its mutation is recorded as rejected; once more when the batch has to be run again. */
export type OnBug = (mutation: Pick<Mutation, 'id' | 'name'>, thrown: unknown) => void;

const APPLIED: Verdict = { outcome: 'applied' };
/**
 * Rejected by a bug of ours. A mutator is pure: until it is repaired it throws each time, so holding the change back would hold back everything that
 * its author did after it, and tell them nothing (docs/decisions/0008).
 */
const INTERNAL: Verdict = { outcome: 'rejected', kind: 'internal' };
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
  onBug: OnBug,
): Promise<Pushed> {
  try {
    return await takeBatch(store, clock, accountKey, request, { checked: false, onBug });
  } catch (error) {
    // A mutator wrote what a schema refuses, and nothing was taken. Once more, slowly, to find out which one it was.
    if (error instanceof ZodError)
      return takeBatch(store, clock, accountKey, request, { checked: true, onBug });
    throw error;
  }
}

async function takeBatch(
  store: Store,
  clock: Clock,
  accountKey: number,
  { replicaId, mutations }: PushRequest,
  { checked, onBug }: { checked: boolean; onBug: OnBug },
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
      const outcome = { seq, id, ...(await decide(store, trx, account, desk, mutation, onBug)) };
      await take(store, trx, replica, outcome, takenAt);
      outcomes.push(outcome);
      response.lastSeq = seq;
    }

    if (response.lastSeq > before) await advance(store, trx, replica, response.lastSeq);
    const rev = await writeEntities(store, trx, account, desk.writes, now);
    return { response, changed: rev > account.rev };
  });
}

/** Runs a mutation once for its id, whichever replica sends it under whichever number, and leaves what it writes on the desk. */
async function decide(
  store: Store,
  trx: Trx,
  account: LockedAccount,
  desk: Desk,
  mutation: Mutation,
  onBug: OnBug,
): Promise<Verdict> {
  const known = await verdictOn(store, trx, account.key, mutation.id);
  if (known) return known;
  if (mutation.name === NOOP) return APPLIED;
  const bug = (thrown: unknown): Verdict => {
    onBug(mutation, thrown);
    return INTERNAL;
  };
  let preparation: Preparation;
  try {
    preparation = prepare(mutation, account.id);
  } catch (thrown) {
    return bug(thrown);
  }
  if (!preparation.ok) return rejected(preparation.refusal);
  const { prepared } = preparation;
  // Apart from what is caught: a database that fails here is no bug of the mutator's.
  await desk.prepare(prepared.reads);
  const { id, at } = mutation;
  let choices: Choices = {};
  try {
    const outcome = prepared.run(desk.read, { id, at, accountId: account.id, mode: 'decide' });
    if (!outcome.ok) return rejected(outcome.refusal);
    choices = choicesIn(outcome.writes, desk);
    desk.stage(outcome.writes);
  } catch (thrown) {
    return bug(thrown);
  }
  await recordConsents(trx, account.key, choices, 'app', at);
  return APPLIED;
}

/** Consents that are about to change, whatever the mutation is called. */
function choicesIn(writes: readonly Write[], desk: Desk): Choices {
  for (const write of writes)
    if (write.op === 'put' && write.type === 'profile')
      return newChoices(desk.read('profile', write.id), write.value);
  return {};
}

function rejected({ kind, field, present }: { kind: string; field?: string; present?: unknown }): Verdict {
  return {
    outcome: 'rejected',
    kind,
    ...(field === undefined ? {} : { field: field.slice(0, LONGEST_FIELD) }),
    ...(present === undefined ? {} : { present }),
  };
}
