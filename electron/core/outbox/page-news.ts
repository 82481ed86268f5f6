import type { Rejection } from '#shared/protocol/pull.ts';
import type { Replica } from './journal-records.ts';

/** What a page of the feed says of the changes that were sent. */
export interface PageNews {
  /** Whose page it is. */
  replicaId: string;
  rejections: Rejection[];
  /** With the last page only: see the protocol. */
  lastSeq: number | undefined;
  lastId: string | undefined;
}

/** Whether a page says something of them that is not known yet. */
export function isNews(replica: Replica | undefined, ackSeq: number, news: PageNews): boolean {
  if (replica?.replicaId !== news.replicaId) return false;
  if (news.rejections.some(({ seq }) => seq > ackSeq)) return true;
  if (news.lastSeq === undefined) return false;
  return news.lastSeq !== replica.confirmedSeq || (news.lastId ?? null) !== replica.confirmedId;
}
