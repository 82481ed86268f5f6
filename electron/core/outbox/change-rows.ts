import { checksum } from '../db/checksum.ts';
import { CHANGE, INSTEAD, typeCodes } from '../db/codes.ts';
import type { Connection } from '../db/connection.ts';
import type { Ref } from '../db/entities.ts';
import { DbError } from '../db/errors.ts';
import { idBytes, idText } from '../db/ids.ts';

/** A change that was made here. Arguments, base and inverse are JSON, as they are stored and sent. */
export interface ChangeRow {
  /** Its place among all changes made here. */
  ord: number;
  /** Its number under the present replica id; null when a former one has sent it. */
  seq: number | null;
  id: string;
  state: number;
  instead: number;
  at: string;
  name: string;
  args: string;
  base: string | null;
  inverse: string | null;
  /** The id of the change that this one takes back. */
  undoes: string | null;
  subject: Ref;
  marks: string[];
  /** What it is about, in the words of the screens when it was made. */
  label: string;
  settledAt: number | null;
}

interface Row {
  ord: number;
  seq: number | null;
  id: Uint8Array;
  state: number;
  instead: number;
  at: string;
  name: string;
  args: string;
  base: string | null;
  inverse: string | null;
  undoes: Uint8Array | null;
  subject_type: number;
  subject_id: Uint8Array;
  marks: string;
  label: string;
  settled_at: number | null;
  sum: number;
}

/** Waiting or attempted: the service has not confirmed it. */
export const UNCONFIRMED = `state < ${CHANGE.confirmed}`;
/** Unconfirmed, and still something that a person wants. */
export const WANTED = `${UNCONFIRMED} AND instead = ${INSTEAD.itself}`;

/** `where` is SQL of this code's own, never of data. Throws a DbError `damaged` when a row is no longer what was written. */
export function changesWhere(
  db: Connection,
  where: string,
  ...params: (number | string | Uint8Array)[]
): ChangeRow[] {
  return db.all<Row>(`SELECT * FROM changes WHERE ${where}`, ...params).map(revive);
}

export function changeById(db: Connection, id: string): ChangeRow | undefined {
  return changesWhere(db, 'id = ?', idBytes(id))[0];
}

export function insertChange(db: Connection, change: ChangeRow): void {
  db.run(
    `INSERT INTO changes (ord, seq, id, state, instead, at, name, args, base, inverse, undoes, subject_type, subject_id, marks, label, settled_at, sum)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    change.ord, change.seq, idBytes(change.id), change.state, change.instead, change.at, change.name, change.args, change.base,
    change.inverse, change.undoes === null ? null : idBytes(change.undoes), typeCodes.code(change.subject.type), idBytes(change.subject.id), JSON.stringify(change.marks),
    change.label, change.settledAt, sumOf(change),
  ); // prettier-ignore
}

export const countWhere = (db: Connection, where: string): number =>
  db.value<number>(`SELECT count(*) FROM changes WHERE ${where}`) ?? 0;

export const lastOrd = (db: Connection): number =>
  db.value<number | null>('SELECT max(ord) FROM changes') ?? 0;

function revive(row: Row): ChangeRow {
  const change: ChangeRow = {
    ord: row.ord,
    seq: row.seq,
    id: idText(row.id),
    state: row.state,
    instead: row.instead,
    at: row.at,
    name: row.name,
    args: row.args,
    base: row.base,
    inverse: row.inverse,
    undoes: row.undoes && idText(row.undoes),
    subject: { type: typeCodes.word(row.subject_type), id: idText(row.subject_id) },
    marks: [],
    label: row.label,
    settledAt: row.settled_at,
  };
  if (sumOf(change) !== row.sum) throw new DbError('damaged', 'checksum', 'changes');
  change.marks = JSON.parse(row.marks) as string[];
  return change;
}

/** Of what a change is; where it stands changes on its own. */
function sumOf({ id, at, name, args, base, inverse, undoes }: ChangeRow): number {
  return checksum(JSON.stringify([id, at, name, args, base, inverse, ...(undoes === null ? [] : [undoes])]));
}
