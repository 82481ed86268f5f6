import type { Uuid } from '#shared/domain/ids.ts';
import type { OrderLine, Shipment } from '#shared/domain/order.ts';
import { pickCarrier } from './carriers.ts';
import { dateOf } from './calendar.ts';
import { instantsOf, nonEmpty, type OrderPlan } from './plan.ts';
import type { Prng } from './prng.ts';
import { parcelCourse, type ParcelCourse, type ParcelPlan } from './timeline.ts';

/** Carriers forget the details of a parcel, and its page, after some months. */
const TRACKING_KEPT_MS = 180 * 86_400_000;

export interface Parcel extends ParcelCourse {
  lineIds: Uuid[];
  seller: string | undefined;
  fate: ParcelPlan['fate'];
  preparingAt: number;
}

/** Each seller sends its own parcels; the shop sometimes sends what it lacks some days later. */
export function parcelsOf(lines: readonly OrderLine[], paidAt: number, plan: OrderPlan, rng: Prng): Parcel[] {
  const bySeller = new Map<string | undefined, OrderLine[]>();
  for (const line of lines) {
    const known = bySeller.get(line.seller);
    if (known) known.push(line);
    else bySeller.set(line.seller, [line]);
  }
  const late = plan.stage === 'partially_shipped' || rng.chance(0.09);
  const parcels: Parcel[] = [];
  for (const [seller, group] of bySeller) {
    const splitAt =
      late && seller === undefined && group.length > 1 ? rng.int(1, group.length - 1) : group.length;
    for (const [index, part] of [group.slice(0, splitAt), group.slice(splitAt)].entries()) {
      if (part.length === 0) continue;
      const extraDays = index === 1 ? rng.int(2, 5) : seller === undefined ? 0 : rng.int(0, 2);
      const fate = fateOf(plan, rng);
      const course = parcelCourse(paidAt, { extraDays, fate }, rng);
      parcels.push({ ...course, fate, seller, lineIds: part.map((line) => line.id) });
    }
  }
  return parcels;
}

function fateOf(plan: OrderPlan, rng: Prng): ParcelPlan['fate'] {
  if (plan.fate === 'returned_to_sender') return 'returned';
  return plan.stage === 'failed_attempt' || rng.chance(0.04) ? 'failed_once' : 'delivered';
}

/** The parcel as the customer sees it at that moment; nothing before its label exists. */
export function shipmentOf(parcel: Parcel, until: number, rng: Prng): Shipment | undefined {
  const reached = parcel.steps.filter((step) => step.at <= until);
  const [first, last] = [reached[0], reached.at(-1)];
  if (!first || !last) return undefined;
  const archived = last.at < until - TRACKING_KEPT_MS;
  const known = archived ? reached.filter((step) => step.status === 'picked_up' || step === last) : reached;
  const carrier = pickCarrier(rng);
  return {
    id: rng.idAt(first.at),
    carrier: carrier.name,
    trackingNumber: carrier.trackingNumber,
    ...(archived ? {} : { trackingUrl: carrier.trackingUrl }),
    lineIds: parcel.lineIds,
    events: nonEmpty(instantsOf(known)),
    expectedOn: dateOf(parcel.expectedDay),
  };
}
