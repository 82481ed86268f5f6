import type { Connection } from './connection.ts';
import { idBytes } from './ids.ts';

/** More than this is remembered as this many: the list is a help after an upgrade, not a second cache. */
const MOST = 10_000;

export interface Unreadable {
  note: (type: string, id: string, rev: number) => void;
  clear: (type: string, id: string) => void;
}

/** What a version could not read, inside one transaction; `staged` for a full re-read that is still collecting. */
export function open(db: Connection, staged: boolean): Unreadable {
  const side = staged ? 1 : 0;
  let count = db.value<number>('SELECT count(*) FROM unreadable WHERE staged = ?', side) ?? 0;
  return {
    note: (type, id, rev) => {
      if (count >= MOST) return;
      const { changes } = db.run(
        'INSERT INTO unreadable VALUES (?, ?, ?, ?) ON CONFLICT (type, id, staged) DO UPDATE SET rev = excluded.rev',
        type,
        idBytes(id),
        rev,
        side,
      );
      count += changes;
    },
    clear: (type, id) => {
      if (count > 0)
        db.run('DELETE FROM unreadable WHERE type = ? AND id = ? AND staged = ?', type, idBytes(id), side);
    },
  };
}

export function count(db: Connection): number {
  return db.value<number>('SELECT count(*) FROM unreadable WHERE staged = 0') ?? 0;
}

/** The full re-read is done: what it could not read replaces what was remembered. */
export function promote(db: Connection): void {
  db.run('DELETE FROM unreadable WHERE staged = 0');
  db.run('UPDATE unreadable SET staged = 0');
}
