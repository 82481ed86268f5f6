import { routes } from '#shared/protocol/routes.ts';
import type { Change } from '#shared/protocol/pull.ts';
import { PullResponse } from '#shared/protocol/pull.ts';
import { parseJson, readBody } from '../service/body.ts';
import type { PageNews } from '../outbox/page-news.ts';
import type { Reply } from '../service/reply.ts';
import { failure } from '../service/reply.ts';
import type { Session } from '../service/session.ts';
import { checkOf } from './shape.ts';
import { valueBodies } from './value-bodies.ts';

/** Far above any honest page (500 orders of 40 lines are 10 MB), far below what would hurt this computer. */
const MAX_PAGE_BYTES = 48 * 1024 * 1024;
const LIMIT = 500;
/** The first page of all fills the first screens and should not wait for more than they show. */
const FIRST_LIMIT = 100;

/** A page whose envelope is known to be whole; the values in it are looked at one by one when it is applied. */
export interface Page extends PageNews {
  changes: Change[];
  /** The bytes of each change's value as the service wrote them; absent for a deletion. */
  bodies: (Uint8Array | undefined)[];
  cursor: string;
  hasMore: boolean;
  epoch: string;
  remaining: number | undefined;
}

/** What a page is asked with. */
export interface Asked {
  replicaId: string;
  /** Refusals up to this number are here. */
  ackSeq: number;
  cursor: string | undefined;
  /** Of this question alone. */
  ask: string;
}

export async function fetchPage(session: Session, asked: Asked, signal: AbortSignal): Promise<Reply<Page>> {
  const { replicaId, ackSeq, cursor, ask } = asked;
  const limit = String(cursor === undefined ? FIRST_LIMIT : LIMIT);
  const query = new URLSearchParams({ replicaId, limit, ask });
  if (ackSeq > 0) query.set('ackSeq', String(ackSeq));
  if (cursor !== undefined) query.set('cursor', cursor);
  const answer = await session.open({ method: 'GET', path: `${routes.pull}?${query.toString()}`, signal });
  if (!answer.ok) return answer;
  const type = answer.value.header('content-type') ?? '';
  if (!type.includes('json')) {
    answer.value.discard();
    return failure('not_our_service', {
      status: answer.value.status,
      detail: `content type ${type.slice(0, 60)}`,
    });
  }
  const body = await readBody(answer.value, MAX_PAGE_BYTES);
  if (!body.ok) return body;
  return readPage(body.value, asked);
}

const pageCheck = checkOf(PullResponse);
const isPage = (value: unknown): value is PullResponse => pageCheck(value);

export function readPage(body: Uint8Array, asked: Asked): Reply<Page> {
  const json = parseJson(body);
  if (!json.ok) return json;
  if (!isPage(json.value)) {
    const { error } = PullResponse.safeParse(json.value);
    const where = error?.issues.slice(0, 3).map((issue) => `${issue.path.join('.')}: ${issue.code}`) ?? [];
    return failure('bad_answer', { detail: `pull ${where.join(', ')}`.slice(0, 500) });
  }
  const { changes, rejections, after, ask, cursor, hasMore, lastSeq, lastId, epoch, remaining } = json.value;
  // An answer to something else, out of a cache or mixed up on the way: what it brings would leave a hole in the feed. One to the same
  // question, asked before, would take a reading from the start back to what was then, and count changes as lost that came since.
  if (after !== (asked.cursor ?? null) || ask !== asked.ask)
    return failure('bad_answer', { detail: 'pull answers another question' });
  if (lastSeq !== undefined && (hasMore || lastSeq > 0 !== (lastId !== undefined)))
    return failure('bad_answer', { detail: 'pull: lastSeq out of place' });
  // It would be asked for again and again, forever. While refusals are told, the place in the feed stays.
  const movesOn = cursor !== asked.cursor || rejections.some(({ seq }) => seq > asked.ackSeq);
  if (hasMore && !movesOn) return failure('bad_answer', { detail: 'pull does not move on' });
  return {
    ok: true,
    value: {
      changes,
      bodies: valueBodies(body, changes),
      cursor,
      hasMore,
      epoch,
      remaining,
      replicaId: asked.replicaId,
      rejections,
      lastSeq,
      lastId,
    },
  };
}
