import type { EntityType, EntityValue } from '#shared/domain/entities.ts';
import type { ChangeList, PendingChange } from '#shared/ipc/changes.ts';
import type { Read } from '#shared/mutations/mutator.ts';
import { prepare } from '#shared/mutations/run.ts';
import type { z } from 'zod';
import { readAll, readOne } from '../db/base.ts';
import { CHANGE } from '../db/codes.ts';
import type { Connection } from '../db/connection.ts';
import { labelOf } from './accept.ts';
import { changesWhere, countWhere, WANTED, type ChangeRow } from './change-rows.ts';
import { takingBack } from './decide.ts';
import { callOf } from './rebase.ts';
import { readRefusal } from './refusals.ts';
import { wayBack } from './undo.ts';

const MOST_LISTED = 500;

/** Everything that is not settled: what waits, what was refused, and what was overruled. */
export function changeList(db: Connection, accountId: string): z.infer<typeof ChangeList> {
  return db.snapshot(() => ({
    waiting: changesWhere(db, `${WANTED} ORDER BY ord LIMIT ${MOST_LISTED}`).map((change) =>
      waiting(db, change),
    ),
    waitingCount: countWhere(db, WANTED),
    refused: changesWhere(db, `state = ${CHANGE.refused} ORDER BY ord DESC LIMIT ${MOST_LISTED}`).map(
      (change) => refused(db, change, accountId),
    ),
    notices: readAll(db, 'notice')
      .map(({ id, value }) => ({ id, notice: value, canTakeBack: takingBack(value) !== undefined }))
      .sort((a, b) => (a.notice.at < b.notice.at ? 1 : -1)),
  }));
}

function waiting(db: Connection, change: ChangeRow): z.infer<typeof PendingChange> {
  const way = wayBack(db, change);
  return {
    ...told(db, change),
    state: change.state === CHANGE.waiting ? 'waiting' : 'sent',
    canUndo: way === 'withdraw' || way === 'opposite',
    canSendAgain: false,
  };
}

function refused(db: Connection, change: ChangeRow, accountId: string): z.infer<typeof PendingChange> {
  const why = readRefusal(db, change.ord);
  return {
    ...told(db, change),
    state: 'refused',
    refusal: {
      kind: why?.kind ?? 'unknown_mutation',
      ...(why?.field !== null && why?.field !== undefined && { field: why.field }),
      ...(why?.present !== null &&
        why?.present !== undefined && { present: JSON.parse(why.present) as unknown }),
    },
    canUndo: false,
    canSendAgain: couldBeMade(db, change, accountId),
  };
}

function told(
  db: Connection,
  change: ChangeRow,
): Pick<z.infer<typeof PendingChange>, 'id' | 'name' | 'args' | 'base' | 'at' | 'subject'> {
  const { type, id } = change.subject;
  const label = labelOf(type, readOne(db, type, id)?.value);
  return {
    id: change.id,
    ...callOf(change),
    at: change.at,
    subject: { type, id, label: label === '' ? change.label : label },
  };
}

/** Whether it would be accepted if it were made now. */
function couldBeMade(db: Connection, change: ChangeRow, accountId: string): boolean {
  const { name, args } = callOf(change);
  const prepared = prepare({ name, args }, accountId);
  if (!prepared.ok) return false;
  const read: Read = <T extends EntityType>(type: T, id: string): EntityValue<T> | undefined =>
    readOne(db, type, id)?.value;
  return prepared.prepared.run(read, { id: change.id, at: change.at, accountId, mode: 'accept' }).ok;
}
