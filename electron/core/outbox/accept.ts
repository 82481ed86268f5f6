import type { EntityType, EntityValue } from '#shared/domain/entities.ts';
import { toInstant } from '#shared/domain/calendar.ts';
import type { ChangeRefusal } from '#shared/ipc/changes.ts';
import type { Read } from '#shared/mutations/mutator.ts';
import { prepare, type StoredCall } from '#shared/mutations/run.ts';
import { MAX_PUSH_BYTES } from '#shared/protocol/push.ts';
import type { z } from 'zod';
import { readOne } from '../db/base.ts';
import { CHANGE, INSTEAD } from '../db/codes.ts';
import type { Ref } from '../db/entities.ts';
import { countWhere, insertChange, lastOrd, type ChangeRow } from './change-rows.ts';
import { ENVELOPE_BYTES, mutationJson } from './envelope.ts';
import { changeRecord } from './journal-records.ts';
import { nameOf, writeRefs } from './refs.ts';
import { readReplica } from './replica.ts';
import type { OutboxTransaction } from './transaction.ts';

export type Refusal = z.infer<typeof ChangeRefusal>;
export type Accepted = { ok: true; change: ChangeRow } | { ok: false; refusal: Refusal };

/**
 * Makes a change on this computer: shown at once, kept, and to be sent. A refused one changes nothing. `id` is the change's own, for good;
 * `undoes` that of the change that it takes back.
 */
export function accept(
  transaction: OutboxTransaction,
  call: StoredCall,
  id: string,
  undoes: string | null = null,
): Accepted {
  const { db, entities, accountId, now, keep, mostChanges } = transaction;
  const preparation = prepare(call, accountId);
  if (!preparation.ok) return preparation;
  const { prepared } = preparation;
  if (countWhere(db, `state IN (${CHANGE.waiting}, ${CHANGE.attempted}, ${CHANGE.refused})`) >= mostChanges)
    return refused('outbox_full');
  const read = remembering(<T extends EntityType>(type: T, of: string) => readOne(db, type, of)?.value);
  const at = toInstant(now);
  const outcome = prepared.run(read, { id, at, accountId, mode: 'accept' });
  if (!outcome.ok) return outcome;
  const base = call.base === undefined ? prepared.seen(read) : prepared.base;
  const inverse = prepared.inverse(read);
  const written = outcome.writes.find((write) => nameOf(write) === nameOf(prepared.subject));
  const change: ChangeRow = {
    ord: lastOrd(db) + 1,
    seq: nextSeq(transaction),
    id,
    state: CHANGE.waiting,
    instead: INSTEAD.itself,
    at,
    name: call.name,
    args: JSON.stringify(prepared.args),
    base: base === undefined ? null : JSON.stringify(base),
    inverse: inverse === undefined ? null : JSON.stringify(inverse),
    undoes,
    subject: { type: prepared.subject.type, id: prepared.subject.id },
    marks: prepared.marks,
    label: labelOf(
      prepared.subject.type,
      read(prepared.subject.type, prepared.subject.id) ?? (written?.op === 'put' ? written.value : undefined),
    ),
    settledAt: null,
  };
  if (Buffer.byteLength(mutationJson(change)) + ENVELOPE_BYTES > MAX_PUSH_BYTES) return refused('too_large');
  insertChange(db, change);
  writeRefs(db, change.ord, prepared.reads, [prepared.subject, ...outcome.writes]);
  for (const write of outcome.writes) entities.show(write, write.op === 'put' ? write.value : undefined);
  keep(changeRecord({ ...change, refused: undefined }));
  return { ok: true, change };
}

const refused = (kind: Refusal['kind']): Accepted => ({ ok: false, refusal: { kind } });

export function nextSeq({ db }: OutboxTransaction): number {
  const last = db.value<number | null>('SELECT max(seq) FROM changes') ?? 0;
  return Math.max(last, readReplica(db)?.confirmedSeq ?? 0) + 1;
}

/** Each entity is read and parsed once. */
function remembering(read: Read): Read {
  const known = new Map<string, unknown>();
  return <T extends EntityType>(type: T, id: string): EntityValue<T> | undefined => {
    const name = nameOf({ type, id });
    if (!known.has(name)) known.set(name, read(type, id));
    return known.get(name) as EntityValue<T> | undefined;
  };
}

/** What an entity is called on the screens. */
export function labelOf(type: Ref['type'], value: unknown): string {
  if (value === undefined) return '';
  const named = { type, value } as { [T in EntityType]: { type: T; value: EntityValue<T> } }[EntityType];
  switch (named.type) {
    case 'basket':
      return named.value.name;
    case 'vehicle':
      return named.value.plate;
    case 'order':
    case 'invoice':
      return named.value.number;
    case 'profile':
      return named.value.displayName;
    case 'notice':
      return named.value.basketName;
    case 'support_message':
    case 'policy':
      return '';
  }
}
