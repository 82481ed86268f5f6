import type { CoreDeposit } from '#shared/domain/order.ts';
import { addMonths } from '#shared/domain/time.ts';
import { dateOf, dayOf, parisDay, parisMoment } from './calendar.ts';
import type { Prng } from './prng.ts';

/**
 * Brings a deposit to where it stands at `until`: most old cores are sent back in time, some are forgotten, some refused.
 * Returns when it was refunded, if it was.
 */
export function followDeposit(
  deposit: CoreDeposit,
  months: 1 | 3 | 12,
  deliveredAt: number,
  until: number,
  rng: Prng,
): number | undefined {
  const delivered = parisDay(deliveredAt);
  deposit.dueOn = addMonths(dateOf(delivered), months);
  const due = dayOf(deposit.dueOn);
  const draw = rng.float();
  const at = (day: number): number => parisMoment(day, rng.int(9 * 60, 17 * 60));
  const sentDay = delivered + rng.int(3, Math.min(50, due - delivered - 2));
  const steps = [
    { state: 'shipped', at: at(sentDay) },
    { state: 'received', at: at(sentDay + rng.int(2, 4)) },
    { state: 'inspected', at: at(sentDay + rng.int(5, 8)) },
    { state: draw < 0.07 ? 'refused' : 'refunded', at: at(sentDay + rng.int(9, 14)) },
  ] as const;
  const forgotten = draw > 0.9;
  if (forgotten) {
    if (parisMoment(due + 1, 0) <= until) deposit.state = 'expired';
    return undefined;
  }
  const reached = steps.filter((step) => step.at <= until).at(-1);
  if (reached) deposit.state = reached.state;
  return reached?.state === 'refunded' ? reached.at : undefined;
}
