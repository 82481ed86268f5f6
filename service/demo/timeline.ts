import type { OrderStatus, ShipmentStatus } from '#shared/domain/order-status.ts';
import { isWorkingDay, parisDay, parisMinutes, parisMoment, workingDayAfter, type Day } from './calendar.ts';
import type { Prng } from './prng.ts';

export interface Step<S> {
  status: S;
  /** Milliseconds since 1970. */
  at: number;
}

export interface ParcelPlan {
  /** Working days that its sender takes more than usual. */
  extraDays: number;
  fate: 'delivered' | 'failed_once' | 'returned';
}

export interface ParcelCourse {
  steps: Step<ShipmentStatus>[];
  /** When the carrier took it over: the sale's date, and the invoice's. */
  leftAt: number;
  /** When it arrived, or came back to the sender. */
  endedAt: number;
  expectedDay: Day;
}

const WAREHOUSE_OPENS = 8 * 60;
const LAST_CALL = 15 * 60;

/** How one parcel goes, whatever the present moment is. */
export function parcelCourse(
  paidAt: number,
  plan: ParcelPlan,
  rng: Prng,
): { preparingAt: number } & ParcelCourse {
  const packDay = packingDay(paidAt);
  const start = packDay === parisDay(paidAt) ? parisMinutes(paidAt) : WAREHOUSE_OPENS;
  const preparingAt = parisMoment(packDay, start + rng.int(4, 45));
  const labelDay = workingDayAfter(packDay, plan.extraDays);
  const labelFrom = labelDay === packDay ? start + 50 : 9 * 60;
  const labelAt = parisMoment(labelDay, labelFrom + rng.int(5, 70) + rng.float());
  const leftAt = parisMoment(labelDay, rng.int(18 * 60, 19 * 60 + 40) + rng.float());
  const steps: Step<ShipmentStatus>[] = [
    { status: 'label_created', at: labelAt },
    { status: 'picked_up', at: leftAt },
    { status: 'in_transit', at: leftAt + rng.int(150, 560) * 60_000 },
  ];
  const expectedDay = workingDayAfter(labelDay, rng.chance(0.75) ? 1 : 2);
  let day = expectedDay;
  for (let attempt = 1; ; attempt += 1) {
    steps.push({ status: 'out_for_delivery', at: parisMoment(day, rng.int(430, 505) + rng.float()) });
    const at = parisMoment(day, rng.int(9 * 60, 18 * 60) + rng.float());
    const fails = plan.fate === 'returned' ? attempt <= 2 : plan.fate === 'failed_once' && attempt === 1;
    steps.push({ status: fails ? 'failed_attempt' : 'delivered', at });
    if (!fails) return { preparingAt, steps, leftAt, endedAt: at, expectedDay };
    if (plan.fate === 'returned' && attempt === 2) break;
    day = workingDayAfter(day, 1);
  }
  const backAt = parisMoment(workingDayAfter(day, 6), rng.int(9 * 60, 17 * 60) + rng.float());
  steps.push({ status: 'returned_to_sender', at: backAt });
  return { preparingAt, steps, leftAt, endedAt: backAt, expectedDay };
}

/** The day on which an order paid then is packed: the same before the last call of a working day, else the next. */
function packingDay(paidAt: number): Day {
  const day = parisDay(paidAt);
  const sameDay =
    isWorkingDay(day) && parisMinutes(paidAt) < LAST_CALL && parisMinutes(paidAt) >= WAREHOUSE_OPENS;
  if (sameDay) return day;
  return parisMinutes(paidAt) < WAREHOUSE_OPENS ? workingDayAfter(day, 0) : nextWorkingDay(day);
}

const nextWorkingDay = (day: Day): Day => workingDayAfter(day + 1, 0);

/** What the order's status says while its parcels go their ways; one that came back keeps it from being delivered. */
export function shippingSteps(
  preparingAt: number,
  parcels: readonly (ParcelCourse & { fate: ParcelPlan['fate'] })[],
): Step<OrderStatus>[] {
  const left = parcels.map((parcel) => parcel.leftAt).sort((a, b) => a - b);
  const last = left.at(-1);
  const first = left[0];
  const steps: Step<OrderStatus>[] = [{ status: 'preparing', at: preparingAt }];
  if (first === undefined || last === undefined) return steps;
  if (first < last) steps.push({ status: 'partially_shipped', at: first });
  steps.push({ status: 'shipped', at: last });
  if (parcels.every((parcel) => parcel.fate !== 'returned'))
    steps.push({ status: 'delivered', at: Math.max(...parcels.map((parcel) => parcel.endedAt)) });
  return steps;
}
