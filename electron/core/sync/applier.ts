import { isEntityType } from '#shared/domain/entities.ts';
import type { Topic } from '#shared/ipc/contract.ts';
import type { Change } from '#shared/protocol/pull.ts';
import type { Connection } from '../db/connection.ts';
import type { Entities } from '../db/entities.ts';
import { getMeta, setMeta } from '../db/meta.ts';
import * as unreadable from '../db/unreadable.ts';
import type { Transaction } from '../db/writes.ts';
import type { Page } from './page.ts';
import { readEntity, schemaFingerprint } from './readable.ts';

/** Where pages are written: with the outbox, which settles what they say of the changes here. */
export interface PageWrites {
  page: (page: Page, work: (transaction: Transaction) => Promise<void>) => Promise<readonly Topic[]>;
}

/** Writes pages. One page is one transaction: rows, totals, texts, cursor, what it confirms or refuses, or nothing of it. */
export class Applier {
  readonly #writes: PageWrites;

  constructor(writes: PageWrites) {
    this.#writes = writes;
  }

  /** Applies a page to what is shown; answers which topics changed. */
  apply(page: Page): Promise<readonly Topic[]> {
    return this.transaction(page, async ({ db, entities, slices }) => {
      const skipped = unreadable.open(db, false);
      for (const [index, change] of page.changes.entries()) {
        applyChange(entities, skipped, change, page.bodies[index]);
        if (slices.due()) await slices.pause();
      }
      setMeta(db, 'cursor', page.cursor);
      setMeta(db, 'epoch', page.epoch);
      setMeta(db, 'schema', schemaFingerprint());
      noteProgress(db, page, getMeta(db, 'complete') !== 1);
      if (!page.hasMore) setMeta(db, 'complete', 1);
    });
  }

  transaction(page: Page, work: (transaction: Transaction) => Promise<void>): Promise<readonly Topic[]> {
    return this.#writes.page(page, work);
  }
}

function applyChange(
  entities: Entities,
  skipped: unreadable.Unreadable,
  change: Change,
  body: Uint8Array | undefined,
): void {
  if (change.op === 'del') {
    if (isEntityType(change.type)) entities.del(change.type, change.id, change.rev);
    skipped.clear(change.type, change.id);
    return;
  }
  const entity = body && readEntity({ ...change, body });
  if (!entity) {
    skipped.note(change.type, change.id, change.rev);
    return;
  }
  entities.put(entity);
  skipped.clear(change.type, change.id);
}

/** How much of a first read or of a full re-read has come, for people to see. */
export function noteProgress(db: Connection, page: Page, counts: boolean): void {
  if (!counts || !page.hasMore) {
    setMeta(db, 'received', undefined);
    setMeta(db, 'expected', undefined);
    return;
  }
  const received = (getMeta(db, 'received') ?? 0) + page.changes.length;
  setMeta(db, 'received', received);
  setMeta(db, 'expected', page.remaining === undefined ? undefined : received + page.remaining);
}
