import type { Uuid } from '#shared/domain/ids.ts';
import type { Order } from '#shared/domain/order.ts';
import type { OrderStatus } from '#shared/domain/order-status.ts';
import { toInstant } from '#shared/domain/time.ts';
import { orderTotals } from '../invoices/billing.ts';
import { afterSales } from './after-sales.ts';
import { dateOf, monthOf, parisDay } from './calendar.ts';
import { invoicesOf, type DemoInvoice } from './documents.ts';
import { fillBasket } from './lines.ts';
import { parcelsOf, shipmentOf, type Parcel } from './parcels.ts';
import { paymentCourse, paymentsOf, refundPayment, type PaymentCourse } from './payments.ts';
import { instantsOf, nonEmpty, type OrderPlan } from './plan.ts';
import { Prng } from './prng.ts';
import { shippingSteps, type Step } from './timeline.ts';
import type { World } from './world.ts';

export interface DemoOrder {
  id: Uuid;
  value: Order;
  invoices: DemoInvoice[];
}

/** Free above this, in cents excluding VAT: policy of the demo shop. */
const FREE_SHIPPING_FROM = 8_000;
/** 5.90 €, 7.90 € and 9.90 € including VAT. */
const SHIPPING_PRICES = [492, 658, 825] as const;

/** An order and its documents as they stand at `plan.now`; `undefined` when the stage asked for is not reached by then. */
export function buildOrder(world: World, plan: OrderPlan): DemoOrder | undefined {
  const rng = new Prng(`${world.seed}/${plan.key}`);
  const { placedAt } = plan;
  const { shelf } = world;
  const day = parisDay(placedAt);
  const id = rng.idAt(placedAt);
  const at = { ms: placedAt, year: Number(dateOf(day).slice(0, 4)), month: monthOf(day) };
  const { drafts, vehicle } = fillBasket(shelf, at, plan.job, rng);
  const lines = drafts.map((draft) => draft.line);
  const goods = orderTotals(lines, 0).goodsExclVat;
  const soldByShop = lines.some((line) => line.seller === undefined);
  const totals = orderTotals(
    lines,
    !soldByShop || goods >= FREE_SHIPPING_FROM ? 0 : rng.pick(SHIPPING_PRICES),
  );
  const pending = plan.stage === 'payment_pending';
  const course = paymentCourse(
    placedAt,
    totals.inclVat,
    { garage: shelf.garage, pending, parts: plan.instalments },
    rng,
  );

  const cancelled = plan.fate === 'cancelled';
  const neverPaid = cancelled && course.method === 'bank_transfer';
  const parcels = cancelled ? [] : parcelsOf(lines, course.paidAt, plan, rng);
  const steps: Step<OrderStatus>[] = [
    ...payingSteps(placedAt, course, neverPaid),
    ...(cancelled ? [{ status: 'cancelled' as const, at: cancelledAt(course, neverPaid, rng) }] : []),
    ...(parcels.length > 0
      ? shippingSteps(Math.min(...parcels.map((parcel) => parcel.preparingAt)), parcels)
      : []),
  ];
  const until = plan.stage === undefined ? plan.now : stageMoment(plan.stage, steps, parcels);
  if (until > plan.now) return undefined;

  const known = steps.filter((step) => step.at <= until);
  const { home, other, otherShare } = world.addresses;
  const deliveryAddress = rng.chance(otherShare) ? other : home;
  const order: Order = {
    number: world.numbers.order(placedAt),
    placedAt: toInstant(placedAt),
    placedOn: dateOf(day),
    currency: 'EUR',
    lines,
    shipments: parcels.flatMap((parcel) => shipmentOf(parcel, until, rng) ?? []),
    events: nonEmpty(instantsOf(known)),
    payments: paymentsOf(course, { total: totals.inclVat, until, now: world.now, neverPaid }, rng),
    totals,
    deliveryAddress,
  };
  if (vehicle) order.vehicleId = vehicle.id;
  if (deliveryAddress !== home) order.billingAddress = home;
  if (cancelled && !neverPaid && known.at(-1)?.status === 'cancelled') {
    const back = known.at(-1)?.at ?? until;
    order.payments.push(refundPayment(course.method, totals.inclVat, back, rng));
  }
  const invoices = invoicesOf(order, id, parcels, until, world.numbers, rng);
  const credits = afterSales(
    { order, drafts, parcels, invoices, course, until, fate: plan.fate },
    world.numbers,
    rng,
  );
  return { id, value: order, invoices: [...invoices, ...credits] };
}

function payingSteps(placedAt: number, course: PaymentCourse, neverPaid: boolean): Step<OrderStatus>[] {
  const steps: Step<OrderStatus>[] = [{ status: 'placed', at: placedAt }];
  if (course.method === 'bank_transfer') steps.push({ status: 'payment_pending', at: course.startedAt });
  if (!neverPaid) steps.push({ status: 'paid', at: course.paidAt });
  return steps;
}

/** Before anything was packed; or, when the money never came, after three days. */
function cancelledAt(course: PaymentCourse, neverPaid: boolean, rng: Prng): number {
  return neverPaid ? course.startedAt + 72 * 3_600_000 : course.paidAt + rng.int(3, 50) * 60_000;
}

function stageMoment(stage: string, steps: readonly Step<OrderStatus>[], parcels: readonly Parcel[]): number {
  const all: readonly Step<string>[] = [...steps, ...parcels.flatMap((parcel) => parcel.steps)];
  const found = all.find((step) => step.status === stage);
  if (!found) throw new RangeError(`no step "${stage}" in an order that was to stop there`);
  return found.at;
}
