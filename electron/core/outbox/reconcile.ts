import { CHANGE, INSTEAD } from '../db/codes.ts';
import type { Connection } from '../db/connection.ts';
import type { Ref } from '../db/entities.ts';
import { setMeta } from '../db/meta.ts';
import { changeById, changesWhere, insertChange, lastOrd, UNCONFIRMED } from './change-rows.ts';
import { fork } from './fork.ts';
import type { JournalFile } from './journal-file.ts';
import {
  changeRecord,
  JournalState,
  type JournalRecord,
  type KeptChange,
  type Replica,
} from './journal-records.ts';
import { rebase, writeFirstRefs } from './rebase.ts';
import { readRefusal, writeRefusal } from './refusals.ts';
import { removeRefs } from './refs.ts';
import { readReplica, writeReplica } from './replica.ts';
import type { OutboxTransaction } from './transaction.ts';

/**
 * Brings the database and its journal into step when they are not: after a crash between the two, after damage to one of them, or when one
 * was set back to an older copy. What only one of them has, the other gets. The database decides what the base contains, since the
 * base is in it; numbers that do not fit together are given anew under a new replica id, which is always safe.
 */
export async function reconcile(
  transaction: OutboxTransaction,
  file: JournalFile,
  ids: { seed: string | undefined; newId: () => string },
): Promise<void> {
  const { db, accountId } = transaction;
  // All of the journal is written at the end.
  const silent = { ...transaction, note: () => undefined, keep: () => undefined };
  const content = file.read();
  const journal = new JournalState().read(content?.lines ?? []);
  if (journal.accountId !== undefined && journal.accountId !== accountId) journal.clear();
  const own = readReplica(db);
  const replica = own ??
    journal.replica ?? { replicaId: ids.seed ?? ids.newId(), confirmedSeq: 0, confirmedId: null };
  writeReplica(db, replica);
  const touched: Ref[] = [];
  let fits = journal.replica === undefined || journal.replica.replicaId === replica.replicaId;
  for (const change of journal.inOrder()) {
    const known = changeById(db, change.id);
    if (known) touched.push(...takeOver(transaction, known, change));
    else {
      const base = own === undefined ? 'none' : fits ? 'of this id' : 'of a former id';
      const placed = place(db, change, replica, base);
      fits &&= placed.seq !== null || change.seq === null;
      insertChange(db, placed);
      if (placed.refused) writeRefusal(db, placed.ord, placed.refused);
      if (placed.state < CHANGE.confirmed && placed.instead === INSTEAD.itself)
        touched.push(...writeFirstRefs(transaction, placed));
    }
  }
  if (!fits || hasGaps(db, replica)) fork(silent, ids.newId());
  await rebase(transaction, touched);
  writeAnew(transaction, file);
}

/** The journal as it would be had it been written from the database in one go. */
export function writeAnew({ db, accountId }: OutboxTransaction, file: JournalFile): void {
  const replica = readReplica(db);
  if (!replica) return;
  const records: JournalRecord[] = [{ t: 'replica', v: 1, account: accountId, ...replica }];
  for (const change of changesWhere(db, 'true ORDER BY ord'))
    records.push(changeRecord({ ...change, refused: readRefusal(db, change.ord) }));
  file.replace(records.map((record) => JSON.stringify(record)));
  setMeta(db, 'journal', file.mark);
}

/** What the journal knows later than the database about a change that both have. */
function takeOver({ db, now }: OutboxTransaction, known: KeptRow, change: KeptChange): Ref[] {
  const touched: Ref[] = [];
  if (known.state === CHANGE.waiting && change.state > CHANGE.waiting)
    db.run('UPDATE changes SET state = ? WHERE ord = ?', CHANGE.attempted, known.ord);
  if (
    known.state < CHANGE.confirmed &&
    known.instead === INSTEAD.itself &&
    change.instead !== INSTEAD.itself
  ) {
    db.run('UPDATE changes SET instead = ? WHERE ord = ?', change.instead, known.ord);
    touched.push(...removeRefs(db, known.ord));
  }
  if (known.state === CHANGE.refused && change.state === CHANGE.letGo) {
    db.run('UPDATE changes SET state = ?, settled_at = ? WHERE ord = ?', CHANGE.letGo, now, known.ord);
    db.run('DELETE FROM refusals WHERE ord = ?', known.ord);
  }
  return touched;
}

type KeptRow = Omit<KeptChange, 'refused'>;

/**
 * A change that only the journal has, as the database takes it. A database that is here all the same lacks the change's last steps, so it knows better
 * than the journal whether its base contains it. One that does not even know the present replica id cannot tell by numbers: there it waits again,
 * and the service knows by its id what it has.
 */
function place(
  db: Connection,
  change: KeptChange,
  { confirmedSeq }: Replica,
  base: 'none' | 'of this id' | 'of a former id',
): KeptChange {
  const taken = (column: 'ord' | 'seq', value: number): boolean =>
    db.value(`SELECT 1 FROM changes WHERE ${column} = ?`, value) !== undefined;
  const ord = taken('ord', change.ord) ? lastOrd(db) + 1 : change.ord;
  const seq = change.seq === null || taken('seq', change.seq) ? null : change.seq;
  const placed = { ...change, ord, seq };
  if (base === 'none') return placed;
  if (base === 'of this id' && seq !== null && seq <= confirmedSeq)
    return change.state < CHANGE.confirmed ? { ...placed, state: CHANGE.confirmed, settledAt: 0 } : placed;
  return change.state === CHANGE.confirmed ? { ...placed, state: CHANGE.attempted, settledAt: null } : placed;
}

/** Whether a number is missing among those that are still to be sent. */
function hasGaps(db: Connection, { confirmedSeq }: Replica): boolean {
  const count = db.value<number>('SELECT count(*) FROM changes WHERE seq > ?', confirmedSeq) ?? 0;
  const last = db.value<number | null>('SELECT max(seq) FROM changes') ?? 0;
  const lost = db.value<number>(
    `SELECT count(*) FROM changes WHERE ${UNCONFIRMED} AND (seq IS NULL OR seq <= ?)`,
    confirmedSeq,
  );
  return lost !== 0 || count !== Math.max(0, last - confirmedSeq);
}
