import { typeCodes } from '../db/codes.ts';
import type { Connection } from '../db/connection.ts';
import type { Ref } from '../db/entities.ts';
import { idBytes, idText } from '../db/ids.ts';

/** Which entities each waiting change reads or writes. */
export interface ChangeRef extends Ref {
  written: boolean;
}

export const nameOf = ({ type, id }: Ref): string => `${type} ${id}`;

interface Row {
  type: number;
  id: Uint8Array;
  written: number;
}

export function refsOf(db: Connection, ord: number): ChangeRef[] {
  return db
    .all<Row>('SELECT type, id, written FROM change_refs WHERE ord = ?', ord)
    .map((row) => ({ type: typeCodes.word(row.type), id: idText(row.id), written: row.written === 1 }));
}

/** The changes that touch an entity, in their order. */
export function changesOf(db: Connection, { type, id }: Ref): number[] {
  return db.column<number>(
    'SELECT ord FROM change_refs WHERE type = ? AND id = ?',
    typeCodes.code(type),
    idBytes(id),
  );
}

/** Each entity once, as written when any of `written` names it. */
export function writeRefs(db: Connection, ord: number, reads: readonly Ref[], written: readonly Ref[]): void {
  const insert = db.statement(
    'INSERT INTO change_refs VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET written = max(written, excluded.written)',
  );
  for (const ref of written) insert.run(typeCodes.code(ref.type), idBytes(ref.id), ord, 1);
  for (const ref of reads) insert.run(typeCodes.code(ref.type), idBytes(ref.id), ord, 0);
}

/** The change no longer waits. Answers what it touched. */
export function removeRefs(db: Connection, ord: number): Ref[] {
  const refs = refsOf(db, ord);
  db.run('DELETE FROM change_refs WHERE ord = ?', ord);
  return refs;
}
