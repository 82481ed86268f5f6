import type { Instant } from '#shared/domain/time.ts';
import type { OrderStatus, ShipmentStatus } from '#shared/domain/order-status.ts';
import type { Job } from './jobs.ts';

/** How an order ends, when nothing cuts it short. */
export type Fate = 'kept' | 'cancelled' | 'partially_refunded' | 'refunded' | 'returned_to_sender';

/** The step at which a recent order stands today. */
export type Stage = OrderStatus | ShipmentStatus;

/** What is decided about an order before its details are drawn. */
export interface OrderPlan {
  /** Names the sequence of random numbers of this order. */
  key: string;
  placedAt: number;
  fate: Fate;
  /** Nothing that happens later is known yet. */
  now: number;
  job?: Job;
  /** Stop at the first event with that status. */
  stage?: Stage;
  /** For the private account: pay in that many parts. */
  instalments?: 3 | 4;
}

export const instantsOf = <S>(steps: readonly { status: S; at: number }[]): { status: S; at: Instant }[] =>
  steps.map(({ status, at }) => ({ status, at: new Date(at).toISOString() }));

/** Tuples say that there is at least one; an empty list here is a bug of the generator. */
export function nonEmpty<T>(items: readonly T[]): [T, ...T[]] {
  const [first, ...rest] = items;
  if (first === undefined) throw new RangeError('a list that has at least one item is empty');
  return [first, ...rest];
}
