import type { Cents } from '#shared/domain/money.ts';
import type { Payment } from '#shared/domain/order.ts';
import { addDays, toInstant } from '#shared/domain/time.ts';
import { dateOf, parisDay } from './calendar.ts';
import type { Prng } from './prng.ts';

/** Between which totals a private customer may pay in parts, in cents: policy of the demo shop. */
const INSTALMENTS_FROM: Cents = 10_000;
const INSTALMENTS_UP_TO: Cents = 200_000;

export interface PaymentCourse {
  method: Payment['method'];
  /** A first try that failed, if there was one. */
  failedAt: number | undefined;
  /** When the customer began to pay, and when the money was there. */
  startedAt: number;
  paidAt: number;
  parts: 3 | 4 | undefined;
}

export function paymentCourse(
  placedAt: number,
  total: Cents,
  options: { garage: boolean; pending: boolean; parts: 3 | 4 | undefined },
  rng: Prng,
): PaymentCourse {
  const draw = rng.float();
  const parts = options.parts ?? (rng.chance(0.35) ? rng.pick([3, 4] as const) : undefined);
  const eligible = !options.garage && total >= INSTALMENTS_FROM && total <= INSTALMENTS_UP_TO;
  const forced = options.parts !== undefined && eligible;
  const [transfers, paypal] = options.garage ? [0.3, 0.36] : [0.08, 0.38];
  const method: Payment['method'] = forced
    ? 'card'
    : options.pending || draw < transfers
      ? 'bank_transfer'
      : draw < paypal
        ? 'paypal'
        : 'card';
  const failedAt = method === 'card' && rng.chance(0.04) ? placedAt + rng.int(20, 90) * 1000 : undefined;
  const startedAt = (failedAt ?? placedAt) + rng.int(15, 120) * 1000;
  // An instant transfer takes seconds, an ordinary one up to a day and a half.
  const slow = method === 'bank_transfer' && rng.chance(0.5);
  const paidAt = startedAt + (slow ? rng.int(40, 2100) * 60_000 : rng.int(4, 40) * 1000);
  return {
    method,
    failedAt,
    startedAt,
    paidAt,
    parts: eligible && method === 'card' ? parts : undefined,
  };
}

/** Equal parts, the first today and the others every 30 days; the cents that do not divide go to the first. */
export function instalmentsOf(
  total: Cents,
  parts: number,
  paidAt: number,
  now: number,
): NonNullable<Payment['instalments']> {
  const part = Math.floor(total / parts);
  const first = dateOf(parisDay(paidAt));
  const today = dateOf(parisDay(now));
  return Array.from({ length: parts }, (_, index) => {
    const dueOn = addDays(first, 30 * index);
    const amount = index === 0 ? total - part * (parts - 1) : part;
    return { dueOn, amount, state: dueOn <= today ? 'paid' : 'due' };
  });
}

/** The payments that are known at `until` of an order that costs `total`; cancelled ones may never have been paid. */
export function paymentsOf(
  course: PaymentCourse,
  options: { total: Cents; until: number; now: number; neverPaid: boolean },
  rng: Prng,
): Payment[] {
  const { total, until, now, neverPaid } = options;
  const payments: Payment[] = [];
  const add = (state: Payment['state'], at: number): Payment => {
    const payment: Payment = {
      id: rng.idAt(at),
      kind: 'payment',
      method: course.method,
      state,
      amount: total,
      at: toInstant(at),
    };
    payments.push(payment);
    return payment;
  };
  if (course.failedAt !== undefined && course.failedAt <= until) add('failed', course.failedAt);
  if (course.startedAt > until) return payments;
  if (neverPaid) add('failed', course.startedAt);
  else if (course.paidAt > until) add('pending', course.startedAt);
  else {
    const payment = add('done', course.paidAt);
    if (course.parts) payment.instalments = instalmentsOf(total, course.parts, course.paidAt, now);
  }
  return payments;
}

export function refundPayment(method: Payment['method'], amount: Cents, at: number, rng: Prng): Payment {
  return { id: rng.idAt(at), kind: 'refund', method, state: 'done', amount, at: toInstant(at) };
}
