import { sql } from 'kysely';
import type { StoreDialect } from '../store/dialect.ts';
import type { Trx } from '../store/schema.ts';

/** Changes as the wire carries them, joined with commas. */
export interface Page {
  count: number;
  /** It holds as many as were asked for, so there may be more. */
  full: boolean;
  /** The largest place or revision in it; undefined when it is empty. */
  last: string | number | undefined;
  changes: Buffer;
}

/** A page that is heavier is read again with fewer changes: five hundred ordinary orders weigh 0.7 MB. */
const MAX_PAGE_BYTES = 8 * 1024 * 1024;

const NOTHING = Buffer.alloc(0);

async function fitting(limit: number, read: (limit: number) => Promise<Page>): Promise<Page> {
  const page = await read(limit);
  if (page.changes.length <= MAX_PAGE_BYTES || page.count === 1) return page;
  return fitting(Math.ceil(page.count / 4), read);
}

/** What exists now, in the order of its places, after `place`. */
export function snapshotPage(
  trx: Trx,
  dialect: StoreDialect,
  accountKey: number,
  place: string,
  limit: number,
): Promise<Page> {
  return fitting(limit, async (size) => {
    const row = await trx
      .selectFrom((e) =>
        e
          .selectFrom('entities')
          .select(['place', 'change'])
          .where('account_key', '=', accountKey)
          .where('place', '>', place)
          .orderBy('place')
          .limit(size)
          .as('page'),
      )
      .select((e) => [
        e.fn.countAll<number>().as('count'),
        e.fn.max('place').as('last'),
        dialect.joinAsBytes(e.ref('change')).as('changes'),
      ])
      .executeTakeFirstOrThrow();
    return {
      count: row.count,
      full: row.count === size,
      last: row.last ?? undefined,
      changes: row.changes ?? NOTHING,
    };
  });
}

/** What changed after `since`, deletions included, in the order of revisions. */
export function changesPage(
  trx: Trx,
  dialect: StoreDialect,
  accountKey: number,
  since: number,
  limit: number,
): Promise<Page> {
  return fitting(limit, async (size) => {
    const row = await trx
      .selectFrom((e) =>
        e
          .selectFrom('entities')
          .select(['rev', 'change'])
          .where('account_key', '=', accountKey)
          .where('rev', '>', since)
          .orderBy('rev')
          .limit(size)
          .as('page'),
      )
      .select((e) => [
        e.fn.countAll<number>().as('count'),
        sql<number | null>`max(rev)`.as('last'),
        dialect.joinAsBytes(e.ref('change')).as('changes'),
      ])
      .executeTakeFirstOrThrow();
    return {
      count: row.count,
      full: row.count === size,
      last: row.last ?? undefined,
      changes: row.changes ?? NOTHING,
    };
  });
}

/** Whether a snapshot has anything after `place`. */
export async function hasAfter(trx: Trx, accountKey: number, place: string): Promise<boolean> {
  const row = await trx
    .selectFrom('entities')
    .select('rev')
    .where('account_key', '=', accountKey)
    .where('place', '>', place)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function countAlive(trx: Trx, accountKey: number): Promise<number> {
  const { count } = await trx
    .selectFrom('entities')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('account_key', '=', accountKey)
    .where('place', 'is not', null)
    .executeTakeFirstOrThrow();
  return count;
}

export async function countChanges(trx: Trx, accountKey: number, since: number): Promise<number> {
  const { count } = await trx
    .selectFrom('entities')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('account_key', '=', accountKey)
    .where('rev', '>', since)
    .executeTakeFirstOrThrow();
  return count;
}
