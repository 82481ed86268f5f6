import type { EntityType, EntityValue } from '#shared/domain/entities.ts';
import { entityTypes, isEntityType } from '#shared/domain/entities.ts';
import type { Topic } from '#shared/ipc/contract.ts';
import { checksum } from '../db/checksum.ts';
import { typeCodes } from '../db/codes.ts';
import type { Connection } from '../db/connection.ts';
import type { Checked, Entities } from '../db/entities.ts';
import { DbError } from '../db/errors.ts';
import { idBytes, idText } from '../db/ids.ts';
import { setMeta } from '../db/meta.ts';
import type { Slices } from '../db/slices.ts';
import type { Store } from '../db/store.ts';
import * as unreadable from '../db/unreadable.ts';
import type { Applier } from './applier.ts';
import { noteProgress } from './applier.ts';
import type { Page } from './page.ts';
import { readEntity, schemaFingerprint } from './readable.ts';

/**
 * Reading everything again, after the cursor became too old or the service was restored. Pages collect in `staged` while the old state stays on
 * screen; the last one swaps them in, in one transaction. Interrupted, it goes on where it was.
 */
export async function beginReread(store: Store): Promise<void> {
  await store.write((db) => {
    db.run('DELETE FROM staged');
    db.run('DELETE FROM unreadable WHERE staged = 1');
    setMeta(db, 'rereading', 1);
    setMeta(db, 'rereadCursor', undefined);
    setMeta(db, 'rereadEpoch', undefined);
    setMeta(db, 'received', undefined);
    setMeta(db, 'expected', undefined);
  });
}

export function stagePage(applier: Applier, page: Page): Promise<readonly Topic[]> {
  return applier.transaction({ ...page, lastSeq: undefined, lastId: undefined }, async ({ db, slices }) => {
    const skipped = unreadable.open(db, true);
    for (const [index, change] of page.changes.entries()) {
      if (change.op === 'del') {
        unstage(db, change.type, change.id, change.rev);
        skipped.clear(change.type, change.id);
      } else {
        const body = page.bodies[index];
        const entity = body && readEntity({ ...change, body });
        if (entity) stage(db, entity);
        if (entity) skipped.clear(change.type, change.id);
        else skipped.note(change.type, change.id, change.rev);
      }
      if (slices.due()) await slices.pause();
    }
    setMeta(db, 'rereadCursor', page.cursor);
    setMeta(db, 'rereadEpoch', page.epoch);
    noteProgress(db, page, true);
  });
}

/** Makes what was collected what is shown. Rows that are the same are left alone, so that little is written when little changed. */
export function swap(applier: Applier, page: Page): Promise<readonly Topic[]> {
  return applier.transaction(page, async ({ db, entities, slices }) => {
    await dropMissing(db, entities, slices);
    await putStaged(db, entities, slices);
    unreadable.promote(db);
    db.run('DELETE FROM staged');
    setMeta(db, 'cursor', page.cursor);
    setMeta(db, 'epoch', page.epoch);
    setMeta(db, 'schema', schemaFingerprint());
    setMeta(db, 'complete', 1);
    for (const name of ['rereading', 'rereadCursor', 'rereadEpoch', 'received', 'expected'] as const)
      setMeta(db, name, undefined);
  });
}

function stage(db: Connection, entity: Checked): void {
  db.statement(
    `INSERT INTO staged (type, id, rev, sum, body) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (type, id) DO UPDATE SET rev = excluded.rev, sum = excluded.sum, body = excluded.body WHERE excluded.rev > rev`,
  ).run(typeCodes.code(entity.type), idBytes(entity.id), entity.rev, checksum(entity.body), entity.body);
}

function unstage(db: Connection, type: string, id: string, rev: number): void {
  if (isEntityType(type)) {
    db.run(
      'DELETE FROM staged WHERE type = ? AND id = ? AND rev < ?',
      typeCodes.code(type),
      idBytes(id),
      rev,
    );
  }
}

/** First, so that their keys in the lists are free for what comes. */
async function dropMissing(db: Connection, entities: Entities, slices: Slices): Promise<void> {
  for (const type of entityTypes) {
    const missing = db.column<Uint8Array>(
      `SELECT id FROM base WHERE type = ? AND NOT EXISTS (SELECT 1 FROM staged WHERE staged.type = base.type AND staged.id = base.id)`,
      typeCodes.code(type),
    );
    for (const id of missing) {
      entities.drop(type, id);
      if (slices.due()) await slices.pause();
    }
  }
}

interface StagedRow {
  pk: number;
  type: number;
  id: Uint8Array;
  rev: number;
  sum: number;
  body: Uint8Array;
}

async function putStaged(db: Connection, entities: Entities, slices: Slices): Promise<void> {
  const next = (after: number): StagedRow[] =>
    db.all<StagedRow>(
      `SELECT pk, type, id, rev, sum, body FROM staged WHERE pk > ? AND NOT EXISTS (
         SELECT 1 FROM base WHERE base.type = staged.type AND base.id = staged.id AND base.sum = staged.sum
           AND base.rev = staged.rev AND base.body IS NOT NULL)
       ORDER BY pk LIMIT 100`,
      after,
    );
  for (let rows = next(0); rows.length > 0; rows = next(rows.at(-1)?.pk ?? 0)) {
    for (const row of rows) {
      entities.put(checkedAgain(row), true);
      if (slices.due()) await slices.pause();
    }
  }
}

/** Its value was checked before it was staged; the disk may have changed it since. */
function checkedAgain(row: StagedRow): Checked {
  if (checksum(row.body) !== row.sum) throw new DbError('damaged', 'checksum', 'staged');
  const type = typeCodes.word(row.type);
  const value = JSON.parse(Buffer.from(row.body).toString('utf8')) as EntityValue<EntityType>;
  return { type, id: idText(row.id), rev: row.rev, value, body: row.body } as Checked;
}
