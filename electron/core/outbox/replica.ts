import type { Connection } from '../db/connection.ts';
import { getMeta, setMeta } from '../db/meta.ts';
import type { Replica } from './journal-records.ts';

/** Undefined in a database that has none yet: a new one, or one that was rebuilt. */
export function readReplica(db: Connection): Replica | undefined {
  const replicaId = getMeta(db, 'replicaId');
  if (replicaId === undefined) return undefined;
  return {
    replicaId,
    confirmedSeq: getMeta(db, 'confirmedSeq') ?? 0,
    confirmedId: getMeta(db, 'confirmedId') ?? null,
  };
}

export function writeReplica(db: Connection, replica: Replica): void {
  setMeta(db, 'replicaId', replica.replicaId);
  setMeta(db, 'confirmedSeq', replica.confirmedSeq);
  setMeta(db, 'confirmedId', replica.confirmedId ?? undefined);
}
