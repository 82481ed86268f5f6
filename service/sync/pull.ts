import { MAX_PULL_LIMIT, type PullQuery, type PullResponse } from '#shared/protocol/pull.ts';
import { done, failed, type Result } from '../failures.ts';
import { compileOnce } from '../store/compile-once.ts';
import type { Store } from '../store/open.ts';
import type { Trx } from '../store/schema.ts';
import { readCursor, writeCursor, type Cursor } from './cursor.ts';
import { lastTaken, rejectionsAfter } from './mutation-log.ts';
import { changesPage, countAlive, countChanges, hasAfter, snapshotPage, type Page } from './page.ts';

/** A page of the feed: the envelope, and its changes as bytes that are never parsed here. */
export interface PulledPage {
  changes: Buffer;
  rest: Omit<PullResponse, 'changes'>;
}

interface Account {
  key: number;
  rev: number;
  purged_rev: number;
}

const accountQuery = compileOnce<Account, [accountKey: number]>((db) =>
  db.selectFrom('accounts').select(['key', 'rev', 'purged_rev']).where('key', '=', 0),
);

interface Step {
  page: Page;
  cursor: Cursor;
  hasMore: boolean;
  remaining: number;
}

/**
 * One page of the change feed, read in one transaction (design: sync, "Pull"). Every cursor that cannot be continued
 * from answers `cursor_expired`: purged tombstones, a restored database, another account, a garbled text. The way out is the
 * same for all, reading everything again, and an app whose cache was damaged or set back finds it by itself.
 */
export async function pull(store: Store, accountKey: number, query: PullQuery): Promise<Result<PulledPage>> {
  const { db, meta } = store;
  let from: Cursor | undefined;
  if (query.cursor !== undefined) {
    from = readCursor(query.cursor, meta);
    if (!from) return failed('cursor_expired', 'The cursor is not of this database; read everything again.');
    if (from.account !== accountKey)
      return failed('cursor_expired', 'The cursor is of another account; read everything again.');
  }
  return db
    .transaction()
    .setAccessMode('read only')
    .execute(async (trx) => {
      const [account] = await accountQuery(store, trx, [accountKey]);
      if (!account) throw new Error('A session without its account.');
      const known = from && (from.phase === 'snapshot' ? from.start : from.since);
      if (known !== undefined && known < account.purged_rev)
        return failed(
          'cursor_expired',
          'Deletions after the cursor are no longer kept; read everything again.',
        );
      // Ahead of us: the data was set back to a backup and nobody said so. Going on would miss what takes those revisions anew.
      if (known !== undefined && known > account.rev)
        return failed('cursor_expired', 'The cursor is from a later state; read everything again.');
      const step =
        from?.phase === 'changes'
          ? await readChanges(store, trx, account, from.since, query.limit)
          : await readSnapshot(store, trx, account, from, query.limit);
      const replica = { accountKey, id: query.replicaId };
      const rejections = await rejectionsAfter(store, trx, replica, query.ackSeq ?? 0, MAX_PULL_LIMIT + 1);
      // `lastSeq` empties an outbox up to it: not before every rejection up to it has been told.
      const hasMore = step.hasMore || rejections.length > MAX_PULL_LIMIT;
      const last = hasMore ? undefined : await lastTaken(store, trx, replica);
      return done({
        changes: step.page.changes,
        rest: {
          rejections: rejections.slice(0, MAX_PULL_LIMIT),
          after: query.cursor ?? null,
          ...(query.ask === undefined ? {} : { ask: query.ask }),
          cursor: writeCursor(step.cursor, meta),
          hasMore,
          epoch: meta.epoch,
          remaining: step.remaining,
          ...(last ? { lastSeq: last.seq, ...(last.id === undefined ? {} : { lastId: last.id }) } : {}),
        },
      });
    });
}

async function readSnapshot(
  store: Store,
  trx: Trx,
  account: Account,
  from: Extract<Cursor, { phase: 'snapshot' }> | undefined,
  limit: number,
): Promise<Step> {
  const { meta } = store;
  const start = from?.start ?? account.rev;
  const expected = from?.left ?? (await countAlive(trx, account.key));
  const page = await snapshotPage(store, trx, account.key, from?.place ?? '', limit);
  const left = Math.max(0, expected - page.count);
  const sinceStart = account.rev - start;
  const identity = { epoch: meta.epoch, account: account.key };
  const place = String(page.last ?? '');
  // The count decides nothing: entities come and go while the snapshot is read.
  const goesOn = page.full && (left > 0 || (await hasAfter(trx, account.key, place)));
  if (goesOn) {
    return {
      page,
      cursor: { phase: 'snapshot', ...identity, start, place, left },
      hasMore: true,
      remaining: left + sinceStart,
    };
  }
  return {
    page,
    cursor: { phase: 'changes', ...identity, since: start },
    hasMore: sinceStart > 0,
    remaining: sinceStart,
  };
}

async function readChanges(
  store: Store,
  trx: Trx,
  account: Account,
  since: number,
  limit: number,
): Promise<Step> {
  const page = await changesPage(store, trx, account.key, since, limit);
  const last = Number(page.last ?? since);
  // The newest revision is always held by a row, unless that row was a purged tombstone that this cursor has read.
  const hasMore = page.count > 0 && last < account.rev;
  return {
    page,
    cursor: { phase: 'changes', epoch: store.meta.epoch, account: account.key, since: last },
    hasMore,
    remaining: hasMore ? await countChanges(trx, account.key, last) : 0,
  };
}
