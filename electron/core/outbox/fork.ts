import { CHANGE, INSTEAD } from '../db/codes.ts';
import type { Ref } from '../db/entities.ts';
import { setMeta } from '../db/meta.ts';
import { changesWhere, UNCONFIRMED } from './change-rows.ts';
import { writeFirstRefs } from './rebase.ts';
import { writeReplica } from './replica.ts';
import type { OutboxTransaction } from './transaction.ts';

/**
 * Goes on under a new id: another copy of this replica, or a former state of it, has used its numbers. What is not confirmed is numbered anew,
 * in its order, and sent under the new id. The ids of changes stay, so the service does not apply twice what it has taken under
 * the old one.
 */
export function fork({ db, keep }: OutboxTransaction, replicaId: string): void {
  const waiting = db.column<number>(`SELECT ord FROM changes WHERE ${UNCONFIRMED} ORDER BY ord`);
  db.run('UPDATE changes SET seq = NULL');
  for (const [index, ord] of waiting.entries())
    db.statement('UPDATE changes SET seq = ? WHERE ord = ?').run(index + 1, ord);
  writeReplica(db, { replicaId, confirmedSeq: 0, confirmedId: null });
  // Whatever the new id is told of, it has not been told yet.
  setMeta(db, 'ackSeq', 0);
  keep({ t: 'forked', replicaId });
}

/**
 * The service was set back and no longer has these changes: they wait again. `above` is the newest number that it still has; null for all that
 * are kept; `id` is the change of that number. Those that were let go keep their place only.
 */
export function requeue(
  transaction: OutboxTransaction,
  above: number | null,
  id: string | null = null,
): Ref[] {
  const { db, keep } = transaction;
  const settled = `NOT (${UNCONFIRMED})`;
  const again =
    above === null
      ? changesWhere(db, `${settled} ORDER BY ord`)
      : changesWhere(db, `${settled} AND seq > ? ORDER BY ord`, above);
  const touched: Ref[] = [];
  for (const change of again) {
    const instead = change.state === CHANGE.letGo ? INSTEAD.takenBack : change.instead;
    db.run(
      'UPDATE changes SET state = ?, instead = ?, settled_at = NULL WHERE ord = ?',
      CHANGE.attempted,
      instead,
      change.ord,
    );
    db.run('DELETE FROM refusals WHERE ord = ?', change.ord);
    if (instead === INSTEAD.itself) touched.push(...writeFirstRefs(transaction, change));
  }
  keep({ t: 'requeued', above, id });
  setMeta(db, 'ackSeq', above === null ? 0 : Math.min(above, ackSeqOf(transaction)));
  return touched;
}

const ackSeqOf = ({ db }: OutboxTransaction): number =>
  db.value<number>(`SELECT value FROM meta WHERE name = 'ackSeq'`) ?? 0;
