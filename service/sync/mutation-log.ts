import type { Uuid } from '#shared/domain/ids.ts';
import type { Rejection } from '#shared/protocol/pull.ts';
import type { MutationOutcome } from '#shared/protocol/push.ts';
import { compileOnce } from '../store/compile-once.ts';
import type { Store } from '../store/open.ts';
import type { Trx } from '../store/schema.ts';

/** One installation of the app for one account; the same id under another account is another replica. */
export interface Replica {
  accountKey: number;
  id: Uuid;
}

/** What became of a mutation, whoever sends it under whichever number. */
export type Verdict =
  { outcome: 'applied' } | { outcome: 'rejected'; kind: string; field?: string; present?: unknown };

interface VerdictRow {
  outcome: 'applied' | 'rejected';
  kind: string | null;
  field: string | null;
  present: string | null;
}
interface TakenRow extends VerdictRow {
  seq: number;
  id: Uuid;
}

const bySeqQuery = compileOnce<TakenRow, [number, replicaId: Uuid, seq: number]>((db) =>
  db
    .selectFrom('mutations')
    .select(['seq', 'id', 'outcome', 'kind', 'field', 'present'])
    .where('account_key', '=', 0)
    .where('replica_id', '=', '')
    .where('seq', '=', 0),
);

const byIdQuery = compileOnce<VerdictRow, [number, id: Uuid]>((db) =>
  db
    .selectFrom('mutations')
    .select(['outcome', 'kind', 'field', 'present'])
    .where('account_key', '=', 0)
    .where('id', '=', '')
    .limit((e) => e.lit(1)),
);

const rejectedQuery = compileOnce<TakenRow, [number, replicaId: Uuid, after: number, limit: number]>((db) =>
  db
    .selectFrom('mutations')
    .select(['seq', 'id', 'outcome', 'kind', 'field', 'present'])
    .where('account_key', '=', 0)
    .where('replica_id', '=', '')
    .where('kind', 'is not', null)
    .where('seq', '>', 0)
    .orderBy('seq')
    .limit(1),
);

const takeQuery = compileOnce<
  never,
  [
    number,
    replicaId: Uuid,
    seq: number,
    id: Uuid,
    outcome: string,
    kind: string | null,
    field: string | null,
    present: string | null,
    takenAt: string,
  ]
>((db) =>
  db.insertInto('mutations').values({
    account_key: 0,
    replica_id: '',
    seq: 0,
    id: '',
    outcome: 'applied',
    kind: '',
    field: '',
    present: '',
    taken_at: '',
  }),
);

const lastQuery = compileOnce<{ seq: number; id: Uuid | null }, [number, replicaId: Uuid]>((db) =>
  db
    .selectFrom('replicas as r')
    .leftJoin('mutations as m', (join) =>
      join
        .onRef('m.account_key', '=', 'r.account_key')
        .onRef('m.replica_id', '=', 'r.replica_id')
        .onRef('m.seq', '=', 'r.last_seq'),
    )
    .select(['r.last_seq as seq', 'm.id'])
    .where('r.account_key', '=', 0)
    .where('r.replica_id', '=', ''),
);

const advanceQuery = compileOnce<never, [number, replicaId: Uuid, lastSeq: number]>((db) =>
  db
    .insertInto('replicas')
    .values({ account_key: 0, replica_id: '', last_seq: 0 })
    .onConflict((c) =>
      c.columns(['account_key', 'replica_id']).doUpdateSet((e) => ({ last_seq: e.ref('excluded.last_seq') })),
    ),
);

function verdictOf({ outcome, kind, field, present }: VerdictRow): Verdict {
  if (outcome === 'applied') return { outcome };
  return {
    outcome,
    kind: kind ?? '',
    ...(field === null ? {} : { field }),
    ...(present === null ? {} : { present: JSON.parse(present) as unknown }),
  };
}

/** The newest mutation that was taken from this replica; seq 0, without an id, before the first. */
export async function lastTaken(
  store: Store,
  trx: Trx,
  replica: Replica,
): Promise<{ seq: number; id?: Uuid }> {
  const [row] = await lastQuery(store, trx, [replica.accountKey, replica.id]);
  if (!row || row.seq === 0) return { seq: 0 };
  if (row.id === null) throw new Error('A replica without its newest mutation.');
  return { seq: row.seq, id: row.id };
}

/** What this replica sent under that number, and what became of it. */
export async function takenAs(
  store: Store,
  trx: Trx,
  replica: Replica,
  seq: number,
): Promise<MutationOutcome> {
  const [row] = await bySeqQuery(store, trx, [replica.accountKey, replica.id, seq]);
  if (!row) throw new Error('A number that was taken, without its mutation.');
  return { seq, id: row.id, ...verdictOf(row) };
}

/** What became of a mutation when it came for the first time, from whichever replica of the account. */
export async function verdictOn(
  store: Store,
  trx: Trx,
  accountKey: number,
  id: Uuid,
): Promise<Verdict | undefined> {
  const [row] = await byIdQuery(store, trx, [accountKey, id]);
  return row && verdictOf(row);
}

export async function take(
  store: Store,
  trx: Trx,
  replica: Replica,
  taken: MutationOutcome,
  at: string,
): Promise<void> {
  const rejected = taken.outcome === 'rejected' ? taken : undefined;
  await takeQuery(store, trx, [
    replica.accountKey,
    replica.id,
    taken.seq,
    taken.id,
    taken.outcome,
    rejected?.kind ?? null,
    rejected?.field ?? null,
    rejected?.present === undefined ? null : JSON.stringify(rejected.present),
    at,
  ]);
}

export async function advance(store: Store, trx: Trx, replica: Replica, lastSeq: number): Promise<void> {
  await advanceQuery(store, trx, [replica.accountKey, replica.id, lastSeq]);
}

/** The oldest rejections of this replica after `after`. */
export async function rejectionsAfter(
  store: Store,
  trx: Trx,
  replica: Replica,
  after: number,
  limit: number,
): Promise<Rejection[]> {
  const rows = await rejectedQuery(store, trx, [replica.accountKey, replica.id, after, limit]);
  return rows.flatMap((row) => {
    const verdict = verdictOf(row);
    if (verdict.outcome === 'applied') return [];
    const { outcome: _outcome, ...why } = verdict;
    return [{ seq: row.seq, id: row.id, ...why }];
  });
}
