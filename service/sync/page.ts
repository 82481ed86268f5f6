import { sql } from 'kysely';
import { compileOnce } from '../store/compile-once.ts';
import type { Store } from '../store/open.ts';
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

/** The columns that order a page. Either is unique within an account. */
type Order = 'place' | 'rev';

const pageQuery = (order: Order) =>
  compileOnce<
    { count: number; last: string | number | null; changes: Buffer | null },
    [accountKey: number, after: string | number, limit: number]
  >((db, { dialect }) =>
    db
      .selectFrom((e) =>
        e
          .selectFrom('entities')
          .select([order, 'change'])
          .where('account_key', '=', 0)
          .where(order, '>', '')
          .orderBy(order)
          .limit(1)
          .as('page'),
      )
      .select((e) => [
        e.fn.countAll<number>().as('count'),
        sql<string | number | null>`max(${sql.ref(order)})`.as('last'),
        dialect.joinAsBytes(e.ref('change')).as('changes'),
      ]),
  );

const queries = { place: pageQuery('place'), rev: pageQuery('rev') };

async function readPage(
  store: Store,
  trx: Trx,
  order: Order,
  accountKey: number,
  after: string | number,
  limit: number,
): Promise<Page> {
  const [row] = await queries[order](store, trx, [accountKey, after, limit]);
  if (!row) throw new Error('An aggregate without a row.');
  const { count, last, changes } = row;
  return { count, full: count === limit, last: last ?? undefined, changes: changes ?? NOTHING };
}

/** What exists now, in the order of its places, after `place`. */
export function snapshotPage(
  store: Store,
  trx: Trx,
  accountKey: number,
  place: string,
  limit: number,
): Promise<Page> {
  return fitting(limit, (size) => readPage(store, trx, 'place', accountKey, place, size));
}

/** What changed after `since`, deletions included, in the order of revisions. */
export function changesPage(
  store: Store,
  trx: Trx,
  accountKey: number,
  since: number,
  limit: number,
): Promise<Page> {
  return fitting(limit, (size) => readPage(store, trx, 'rev', accountKey, since, size));
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
