import { FILE } from '../db/codes.ts';
import type { Connection } from '../db/connection.ts';
import { idBytes, idText } from '../db/ids.ts';
import { endOfDay } from '../db/list-key.ts';

type FileCode = (typeof FILE)[keyof typeof FILE];

export interface FileRecord {
  state: FileCode;
  sha256: string | null;
}

/** What became of a file. */
export interface FileNote {
  id: string;
  state: FileCode;
  file?: { size: number; sha256: string };
}

/** What is known of an invoice's file; undefined when it was never fetched. */
export function fileRecord(db: Connection, id: string): FileRecord | undefined {
  return db.get<FileRecord>('SELECT state, sha256 FROM invoice_files WHERE id = ?', idBytes(id));
}

/** Notes what became of a file, for its own record and for the lists. */
export function noteFile(db: Connection, { id, state, file }: FileNote): void {
  const bytes = idBytes(id);
  db.run(
    `INSERT INTO invoice_files (id, state, size, sha256, failures) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, size = coalesce(excluded.size, size),
       sha256 = coalesce(excluded.sha256, sha256), failures = CASE WHEN excluded.failures = 0 THEN 0 ELSE failures + 1 END`,
    bytes,
    state,
    file?.size ?? null,
    file?.sha256 ?? null,
    state === FILE.failed ? 1 : 0,
  );
  db.run(
    'UPDATE invoices SET file = ? WHERE pk = (SELECT key FROM base WHERE type = 5 AND id = ?)',
    state,
    bytes,
  );
}

/** What failed for good is given another chance, once a start of the app. */
export function forgetFailures(db: Connection): void {
  db.run('DELETE FROM invoice_files WHERE state = ?', FILE.failed);
  db.run('UPDATE invoices SET file = ? WHERE file = ?', FILE.toDownload, FILE.failed);
}

/** Ids of invoices since a day whose file is still to be fetched, newest first. */
export function wantedFiles(db: Connection, since: string, most: number): string[] {
  return db
    .column<Uint8Array>(
      'SELECT id FROM invoices WHERE file = ? AND pk < ? ORDER BY pk LIMIT ?',
      FILE.toDownload,
      endOfDay(since),
      most,
    )
    .map(idText);
}

export function fileCounts(
  db: Connection,
  since: string | undefined,
): { here: number; waiting: number; damaged: number; failed: number } {
  const count = (state: FileCode): number =>
    db.value<number>('SELECT count(*) FROM invoices WHERE file = ?', state) ?? 0;
  const waiting =
    since === undefined
      ? 0
      : (db.value<number>(
          'SELECT count(*) FROM invoices WHERE file = ? AND pk < ?',
          FILE.toDownload,
          endOfDay(since),
        ) ?? 0);
  return { here: count(FILE.here), waiting, damaged: count(FILE.damaged), failed: count(FILE.failed) };
}

export function invoiceNumber(db: Connection, id: string): string | undefined {
  return db.value<string>(
    'SELECT number FROM invoices WHERE pk = (SELECT key FROM base WHERE type = 5 AND id = ? AND body IS NOT NULL)',
    idBytes(id),
  );
}
