import type { Rejection } from '#shared/protocol/pull.ts';
import { CHANGE, INSTEAD } from '../db/codes.ts';
import type { Ref } from '../db/entities.ts';
import { getMeta, setMeta } from '../db/meta.ts';
import { changeById, changesWhere, type ChangeRow, UNCONFIRMED } from './change-rows.ts';
import { fork, requeue } from './fork.ts';
import type { Replica } from './journal-records.ts';
import { rebase } from './rebase.ts';
import { keepRefusal } from './refusals.ts';
import { removeRefs } from './refs.ts';
import type { PageNews } from './page-news.ts';
import { readReplica, writeReplica } from './replica.ts';
import type { OutboxTransaction } from './transaction.ts';

/** Confirmed changes are kept for so long, and so many of them, in case the service is set back to a backup. */
const KEPT_MS = 30 * 86_400_000;
const MOST_KEPT = 20_000;

/**
 * Does in the transaction of a page what the page means for the changes that wait: those that the base now contains leave the outbox, refused ones
 * are kept for their author, and what is shown of everything touched is made anew. Numbers that do not fit tell of a twin or of
 * a service that was set back; `restored` when the feed itself says the latter, with this page.
 */
export async function settle(
  transaction: OutboxTransaction,
  news: PageNews & { restored: boolean },
  newId: () => string,
): Promise<void> {
  const touched = transaction.entities.takeChanged();
  const replica = readReplica(transaction.db);
  // A page that was asked for under a former id says nothing about this one's changes.
  if (replica?.replicaId === news.replicaId) {
    touched.push(...refuse(transaction, news.rejections));
    touched.push(...confirm(transaction, news, replica, newId));
  }
  await rebase(transaction, touched);
}

function refuse(transaction: OutboxTransaction, rejections: readonly Rejection[]): Ref[] {
  const { db } = transaction;
  const touched: Ref[] = [];
  for (const { seq, id, kind, field, present } of rejections) {
    const change = changeById(db, id);
    if (change && change.state !== CHANGE.letGo && change.state !== CHANGE.refused) {
      touched.push(
        ...keepRefusal(transaction, change, {
          kind,
          field: field ?? null,
          present: present === undefined ? null : JSON.stringify(present),
        }),
      );
    }
    if (seq > (getMeta(db, 'ackSeq') ?? 0)) setMeta(db, 'ackSeq', seq);
  }
  return touched;
}

function confirm(
  transaction: OutboxTransaction,
  { lastSeq, lastId, restored }: PageNews & { restored: boolean },
  replica: Replica,
  newId: () => string,
): Ref[] {
  const { db } = transaction;
  if (lastSeq === undefined) return [];
  const { confirmedSeq } = replica;
  const id = lastId ?? null;
  const former = db.value<number>('SELECT count(*) FROM changes WHERE seq IS NULL');
  // Of what was sent under a former id the numbers of this one say nothing.
  const certain = !restored || former === 0;
  if (lastSeq === confirmedSeq && id === replica.confirmedId && certain) return [];
  const [last] = changesWhere(db, 'seq = ?', lastSeq);
  const ours = lastSeq === 0 || last?.id === id;
  // After a restore a twin may have filled up the numbers below: then ours is the newest, and those before it are not ours.
  if (lastSeq > confirmedSeq && !restored) {
    if (ours) return confirmUpTo(transaction, lastSeq, id);
    fork(transaction, newId());
    return [];
  }
  const kept = db.value<number>(
    'SELECT count(*) FROM changes WHERE seq > ? AND seq <= ?',
    lastSeq,
    confirmedSeq,
  );
  if (lastSeq <= confirmedSeq && ours && kept === confirmedSeq - lastSeq && former === 0) {
    const touched = requeue(transaction, lastSeq, id);
    writeReplica(db, { ...replica, confirmedSeq: lastSeq, confirmedId: id });
    return touched;
  }
  // What was sent under a former id may be missing there as well, so all is sent again: the service knows by its id what it has.
  const touched = requeue(transaction, null);
  fork(transaction, newId());
  return touched;
}

function confirmUpTo(transaction: OutboxTransaction, seq: number, id: string | null): Ref[] {
  const { db, now, note } = transaction;
  const touched: Ref[] = [];
  const done = changesWhere(db, `${UNCONFIRMED} AND seq <= ?`, seq);
  note({ t: 'confirmed', seq, id, at: now });
  for (const change of done) {
    db.run('UPDATE changes SET state = ?, settled_at = ? WHERE ord = ?', CHANGE.confirmed, now, change.ord);
    touched.push(...removeRefs(db, change.ord), ...settleInstead(transaction, change));
  }
  const replica = readReplica(db);
  if (replica) writeReplica(db, { ...replica, confirmedSeq: seq, confirmedId: id });
  forgetOld(transaction);
  return touched;
}

/** Nothing was sent in its place, which the service has taken: what that means for the change itself. */
function settleInstead(transaction: OutboxTransaction, change: ChangeRow): Ref[] {
  const { db, now, note } = transaction;
  if (change.instead === INSTEAD.tooLarge)
    return keepRefusal(transaction, change, { kind: 'too_large', field: null, present: null });
  if (change.instead === INSTEAD.takenBack) {
    db.run('UPDATE changes SET state = ? WHERE ord = ?', CHANGE.letGo, change.ord);
    note({ t: 'let_go', id: change.id, at: now });
  }
  return [];
}

function forgetOld({ db, now }: OutboxTransaction): void {
  const settled = `state IN (${CHANGE.confirmed}, ${CHANGE.letGo})`;
  db.run(`DELETE FROM changes WHERE ${settled} AND settled_at < ?`, now - KEPT_MS);
  db.run(
    `DELETE FROM changes WHERE ord <= (SELECT ord FROM changes WHERE ${settled} ORDER BY ord DESC LIMIT 1 OFFSET ?) AND ${settled}`,
    MOST_KEPT,
  );
}
