import { MAX_PUSH_BYTES, MAX_PUSH_MUTATIONS } from '#shared/protocol/push.ts';
import { CHANGE, INSTEAD } from '../db/codes.ts';
import { DbError } from '../db/errors.ts';
import { changeById, changesWhere, type ChangeRow } from './change-rows.ts';
import { ENVELOPE_BYTES, mutationJson, pushJson } from './envelope.ts';
import { removeRefs } from './refs.ts';
import { rebase } from './rebase.ts';
import { readReplica } from './replica.ts';
import type { OutboxTransaction } from './transaction.ts';

/** What is sent in one request. */
export interface Batch {
  replicaId: string;
  body: string;
  first: number;
  last: number;
  count: number;
  /** Of the first change. */
  firstId: string;
  /** The number from which on they are marked as attempted for this request, and were never before; above `last` when there are none. */
  firstMarked: number;
}

/**
 * The next changes to send after a number, at most `most` and as many as one request may carry; undefined when there are none. From now on they
 * count as attempted, also after a crash: they can no longer be withdrawn.
 */
export function nextBatch(transaction: OutboxTransaction, after: number, most: number): Batch | undefined {
  const { db, keep } = transaction;
  const replica = readReplica(db);
  if (!replica) return undefined;
  const from = Math.max(after, replica.confirmedSeq);
  const limit = Math.min(most, MAX_PUSH_MUTATIONS);
  const taken: ChangeRow[] = [];
  const mutations: string[] = [];
  let bytes = ENVELOPE_BYTES;
  for (const change of changesWhere(db, `seq > ? ORDER BY seq LIMIT ${limit}`, from)) {
    if (change.seq !== from + taken.length + 1) throw new DbError('damaged', 'gap', 'changes');
    const json = mutationJson(change);
    bytes += Buffer.byteLength(json) + 1;
    if (bytes > MAX_PUSH_BYTES && taken.length > 0) break;
    taken.push(change);
    mutations.push(json);
  }
  const last = from + taken.length;
  const [head] = taken;
  if (!head) return undefined;
  const lastMarkedBefore = taken.findLast(({ state }) => state !== CHANGE.waiting)?.seq ?? from;
  if (taken.some(({ state }) => state === CHANGE.waiting)) {
    db.run(
      'UPDATE changes SET state = ? WHERE state = ? AND seq <= ?',
      CHANGE.attempted,
      CHANGE.waiting,
      last,
    );
    keep({ t: 'attempted', seq: last });
  }
  return {
    replicaId: replica.replicaId,
    body: pushJson(replica.replicaId, mutations),
    first: from + 1,
    last,
    count: taken.length,
    firstId: head.id,
    firstMarked: lastMarkedBefore + 1,
  };
}

/**
 * Not one byte of the request has left: what was marked for it is as it was before. Durable as well, and after the fact: a crash in between leaves
 * it marked, which costs no more than that undoing it sends its opposite.
 */
export function unmark({ db, keep }: OutboxTransaction, batch: Batch): void {
  const { replicaId, firstMarked: first, last } = batch;
  // Numbers of a former id say nothing of what has them now.
  if (first > last || readReplica(db)?.replicaId !== replicaId) return;
  db.run(
    'UPDATE changes SET state = ? WHERE state = ? AND seq BETWEEN ? AND ?',
    CHANGE.waiting,
    CHANGE.attempted,
    first,
    last,
  );
  keep({ t: 'never_left', first, last });
}

/**
 * Something on the way does not let this one through: nothing is sent in its place, and its author is told. Answers false when the service has it
 * all the same.
 */
export async function replaceTooLarge(transaction: OutboxTransaction, id: string): Promise<boolean> {
  const { db, keep } = transaction;
  const change = changeById(db, id);
  if (change?.instead !== INSTEAD.itself || change.state >= CHANGE.confirmed) return false;
  db.run('UPDATE changes SET instead = ? WHERE ord = ?', INSTEAD.tooLarge, change.ord);
  keep({ t: 'instead', id: change.id, instead: INSTEAD.tooLarge });
  await rebase(transaction, removeRefs(db, change.ord));
  return true;
}
