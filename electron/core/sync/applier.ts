import { isEntityType } from '#shared/domain/entities.ts';
import type { Topic } from '#shared/ipc/contract.ts';
import type { Change } from '#shared/protocol/pull.ts';
import type { Connection } from '../db/connection.ts';
import { Entities } from '../db/entities.ts';
import { getMeta, setMeta } from '../db/meta.ts';
import type { Slices } from '../db/slices.ts';
import type { Store } from '../db/store.ts';
import * as unreadable from '../db/unreadable.ts';
import type { Page } from './page.ts';
import { readEntity, schemaFingerprint } from './readable.ts';

/** Writes pages to the store. One page is one transaction: rows, totals, texts, cursor, or nothing of it. */
export class Applier {
  readonly #store: Store;
  #entities: Entities | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Applies a page to what is shown; answers which topics changed. */
  apply(page: Page): Promise<Topic[]> {
    return this.transaction(async (db, entities, slices) => {
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

  /** A transaction over the entities, which forget what they hold in memory when it fails. */
  async transaction(
    work: (db: Connection, entities: Entities, slices: Slices) => Promise<void>,
  ): Promise<Topic[]> {
    try {
      return await this.#store.write(async (db, slices) => {
        this.#entities ??= new Entities(db);
        this.#entities.begin();
        await work(db, this.#entities, slices);
        return this.#entities.flush();
      });
    } catch (error) {
      this.#entities?.forget();
      throw error;
    }
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
