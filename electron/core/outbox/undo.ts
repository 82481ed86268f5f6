import type { StoredCall } from '#shared/mutations/run.ts';
import { CHANGE, INSTEAD, typeCodes } from '../db/codes.ts';
import type { Connection } from '../db/connection.ts';
import { idBytes, idText } from '../db/ids.ts';
import { accept, type Refusal } from './accept.ts';
import { changeById, insertChange, type ChangeRow } from './change-rows.ts';
import { rebase } from './rebase.ts';
import { letGo } from './refusals.ts';
import { removeRefs } from './refs.ts';
import type { OutboxTransaction } from './transaction.ts';

export type Undone = { undone: true } | { undone: false; refusal: Refusal };

/** How a change can be taken back now: it need not leave, its opposite can be made, or why it cannot. */
export type WayBack = 'withdraw' | 'opposite' | 'later_changes' | 'already_sent';

export function wayBack(db: Connection, change: ChangeRow): WayBack {
  if (change.state === CHANGE.waiting) return isBuiltOn(db, change) ? 'later_changes' : 'withdraw';
  if (change.state === CHANGE.refused) return 'withdraw';
  if (change.inverse === null || change.state === CHANGE.letGo) return 'already_sent';
  return isOverwritten(db, change) ? 'later_changes' : 'opposite';
}

/** Undefined when there is no such change (any more). */
export async function undo(
  transaction: OutboxTransaction,
  id: string,
  newId: () => string,
): Promise<Undone | undefined> {
  const { db, keep } = transaction;
  const change = changeById(db, id);
  if (!change || change.instead === INSTEAD.takenBack) return undefined;
  const way = wayBack(db, change);
  if (way === 'withdraw' && change.state === CHANGE.refused) letGo(transaction, change);
  else if (way === 'withdraw') {
    db.run('UPDATE changes SET instead = ? WHERE ord = ?', INSTEAD.takenBack, change.ord);
    keep({ t: 'instead', id, instead: INSTEAD.takenBack });
    await rebase(transaction, removeRefs(db, change.ord));
  } else if (way === 'opposite' && change.inverse !== null) {
    const accepted = accept(transaction, JSON.parse(change.inverse) as StoredCall, newId(), id);
    if (!accepted.ok) return { undone: false, refusal: accepted.refusal };
    db.run('DELETE FROM changes WHERE ord = ?', change.ord);
    insertChange(db, { ...change, inverse: null });
    keep({ t: 'undone', id });
  } else return { undone: false, refusal: { kind: way === 'later_changes' ? way : 'already_sent' } };
  return { undone: true };
}

/** Whether a later change that waits touches what this one writes. */
function isBuiltOn(db: Connection, { ord }: ChangeRow): boolean {
  const later = db.value(
    `SELECT 1 FROM change_refs mine JOIN change_refs later ON later.type = mine.type AND later.id = mine.id AND later.ord > mine.ord
     WHERE mine.ord = ? AND mine.written = 1 LIMIT 1`,
    ord,
  );
  return later !== undefined;
}

/** Whether a later change has written the same parts: its author would lose that as well. One that was taken back since, and what took it back, have not. */
function isOverwritten(db: Connection, { ord, subject, marks }: ChangeRow): boolean {
  const later = db.all<{ id: Uint8Array; undoes: Uint8Array | null; marks: string }>(
    `SELECT id, undoes, marks FROM changes
     WHERE ord > ? AND subject_type = ? AND subject_id = ? AND instead = 0 AND state <= ${CHANGE.confirmed} ORDER BY ord DESC`,
    ord,
    typeCodes.code(subject.type),
    idBytes(subject.id),
  );
  const among = new Set(later.map(({ id }) => idText(id)));
  const takenBack = new Set<string>();
  return later.some((change) => {
    if (takenBack.has(idText(change.id))) return false;
    const undoes = change.undoes && idText(change.undoes);
    if (undoes !== null && among.has(undoes)) {
      takenBack.add(undoes);
      return false;
    }
    const parts = JSON.parse(change.marks) as string[];
    return parts.length === 0 || marks.length === 0 || parts.some((part) => marks.includes(part));
  });
}
