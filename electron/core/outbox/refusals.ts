import { checksum } from '../db/checksum.ts';
import { CHANGE } from '../db/codes.ts';
import type { Connection } from '../db/connection.ts';
import type { Ref } from '../db/entities.ts';
import { DbError } from '../db/errors.ts';
import { INSTEAD } from '../db/codes.ts';
import type { ChangeRow } from './change-rows.ts';
import type { Refused } from './journal-records.ts';
import { removeRefs } from './refs.ts';
import type { OutboxTransaction } from './transaction.ts';

interface Row {
  kind: string;
  field: string | null;
  present: string | null;
  sum: number;
}

const sumOf = ({ kind, field, present }: Refused): number => checksum(JSON.stringify([kind, field, present]));

export function readRefusal(db: Connection, ord: number): Refused | undefined {
  const row = db.get<Row>('SELECT kind, field, present, sum FROM refusals WHERE ord = ?', ord);
  if (row && sumOf(row) !== row.sum) throw new DbError('damaged', 'checksum', 'refusals');
  return row;
}

export function writeRefusal(db: Connection, ord: number, refused: Refused): void {
  const { kind, field, present } = refused;
  db.run(
    'INSERT INTO refusals VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET kind = excluded.kind, field = excluded.field, present = excluded.present, sum = excluded.sum',
    ord,
    kind,
    field,
    present,
    sumOf(refused),
  );
}

/** Refused for good: its author decides. One that nobody wants any more is let go. Answers what is to be shown anew. */
export function keepRefusal(transaction: OutboxTransaction, change: ChangeRow, refused: Refused): Ref[] {
  const { db, now, note } = transaction;
  const wanted = change.instead !== INSTEAD.takenBack;
  db.run(
    'UPDATE changes SET state = ?, settled_at = ? WHERE ord = ?',
    wanted ? CHANGE.refused : CHANGE.letGo,
    now,
    change.ord,
  );
  if (wanted) writeRefusal(db, change.ord, refused);
  note(
    wanted ? { t: 'refused', id: change.id, at: now, ...refused } : { t: 'let_go', id: change.id, at: now },
  );
  return removeRefs(db, change.ord);
}

export function letGo({ db, now, keep }: OutboxTransaction, change: ChangeRow): void {
  db.run('UPDATE changes SET state = ?, settled_at = ? WHERE ord = ?', CHANGE.letGo, now, change.ord);
  db.run('DELETE FROM refusals WHERE ord = ?', change.ord);
  keep({ t: 'let_go', id: change.id, at: now });
}
