import type { CalendarDate } from '#shared/domain/time.ts';
import { addDays, addMonths } from '#shared/domain/calendar.ts';
import type { Order, OrderLine } from '#shared/domain/order.ts';
import type { Policy } from '#shared/domain/policy.ts';
import type { AccountKind } from '#shared/domain/profile.ts';

/** Legal guarantee of conformity for consumers: two years from delivery (art. L217-3 code de la consommation). */
const LEGAL_GUARANTEE_MONTHS = 24;

export interface Rights {
  returnUntil?: CalendarDate;
  warrantyUntil?: CalendarDate;
}

/** The last days to return a line and to claim its warranty; without a delivery nothing has begun. */
export function lineRights(
  line: OrderLine,
  order: Order,
  known: { policy: Policy | undefined; kind: AccountKind; invoicedOn: CalendarDate | undefined },
): Rights {
  const { policy, kind, invoicedOn } = known;
  const delivered = deliveredOn(line, order);
  if (delivered === undefined) return {};
  const warranty = Math.max(policy?.warrantyMonths ?? 0, kind === 'private' ? LEGAL_GUARANTEE_MONTHS : 0);
  const start = { delivery: delivered, invoice: invoicedOn ?? order.placedOn, purchase: order.placedOn };
  return {
    ...(policy &&
      policy.returnDays > 0 && { returnUntil: addDays(start[policy.returnBasis], policy.returnDays) }),
    ...(warranty > 0 && { warrantyUntil: addMonths(delivered, warranty) }),
  };
}

/** When the parcel with this line arrived; for a line in no parcel, when the order as a whole was delivered. */
function deliveredOn(line: OrderLine, order: Order): CalendarDate | undefined {
  const parcels = order.shipments.filter((shipment) => shipment.lineIds.includes(line.id));
  const events: readonly { status: string; at: string }[] =
    parcels.length > 0 ? parcels.flatMap((parcel) => parcel.events) : order.events;
  const delivered = events.filter((event) => event.status === 'delivered').map((event) => event.at);
  const latest = delivered.sort().at(-1);
  return latest === undefined ? undefined : parisDay(latest);
}

/** Loading the calendars of the world takes longer than opening the database, and the first list does without. */
let parisDate: Intl.DateTimeFormat | undefined;

/** The day of a moment in the shop's calendar. */
export function parisDay(at: string): CalendarDate {
  parisDate ??= new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' });
  return parisDate.format(new Date(at));
}
