import type { Connection } from './connection.ts';

/** The few single values that live with the rows, so that they change in the same transaction. */
export interface Meta {
  /** How far the change feed was read; absent before the first page. */
  cursor: string;
  epoch: string;
  /** 1 once the first read reached its end: from then on the cache is complete up to the cursor. */
  complete: number;
  /** 1 while everything is being read again into `staged`. */
  rereading: number;
  rereadCursor: string;
  rereadEpoch: string;
  /** What the stored values were checked against; another one means that what could not be read may be readable now. */
  schema: string;
  /** The version of the app that synced last. */
  app: string;
  /** 1 once the search tables were built; from then on each page keeps them up to date. */
  searchBuilt: number;
  /** Progress of the first read or of a full re-read. */
  received: number;
  expected: number;
  /** Who this replica is to the service; see the outbox. */
  replicaId: string;
  /** Changes up to this number, the last of which has this id, are in what the service told. */
  confirmedSeq: number;
  confirmedId: string;
  /** Refusals up to this number are here. */
  ackSeq: number;
  /** Which journal belongs to this database. */
  journal: string;
  lastSyncAt: string;
  rebuiltAt: string;
  /** What the service last said of the account's safety, as JSON with its date: see security/told.ts. */
  toldSafety: string;
  toldSessions: string;
  toldConsents: string;
  /** What was typed and left, as JSON. */
  typed: string;
}

export function getMeta<N extends keyof Meta>(db: Connection, name: N): Meta[N] | undefined {
  return db.value<Meta[N]>('SELECT value FROM meta WHERE name = ?', name);
}

export function setMeta<N extends keyof Meta>(db: Connection, name: N, value: Meta[N] | undefined): void {
  if (value === undefined) db.run('DELETE FROM meta WHERE name = ?', name);
  else
    db.run(
      'INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      name,
      value,
    );
}
