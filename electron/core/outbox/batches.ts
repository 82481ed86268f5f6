import { MAX_PUSH_BYTES, MAX_PUSH_MUTATIONS } from '#shared/protocol/push.ts';
import { CHANGE, INSTEAD } from '../db/codes.ts';
import { DbError } from '../db/errors.ts';
import { changesWhere, type ChangeRow } from './change-rows.ts';
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
  if (taken.length === 0) return undefined;
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
  };
}

/** Something on the way does not let this one through: nothing is sent in its place, and its author is told. */
export async function replaceTooLarge(transaction: OutboxTransaction, seq: number): Promise<void> {
  const { db, keep } = transaction;
  const [change] = changesWhere(db, 'seq = ?', seq);
  if (change?.instead !== INSTEAD.itself) return;
  db.run('UPDATE changes SET instead = ? WHERE ord = ?', INSTEAD.tooLarge, change.ord);
  keep({ t: 'instead', id: change.id, instead: INSTEAD.tooLarge });
  await rebase(transaction, removeRefs(db, change.ord));
}
