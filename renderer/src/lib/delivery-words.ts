import { m } from '#shared/i18n/generated/messages.js';
import type { DeliveryUnderWay } from '#shared/ipc/home.ts';
import * as format from './format.ts';
import { orderStatus, shipmentStatus } from './order-status.ts';
import { daysBetween } from './today.ts';

/** Where a parcel is and when it should arrive. A date that has passed is said as such, never hidden. */
export function deliveryWords(delivery: DeliveryUnderWay, today: string): string {
  const where = delivery.status
    ? shipmentStatus[delivery.status].word()
    : orderStatus[delivery.order.status].word();
  const parts = [where, ...(delivery.carrier ? [delivery.carrier] : [])];
  if (delivery.expectedOn) parts.push(expectedWords(delivery.expectedOn, today));
  return parts.join(' · ');
}

function expectedWords(on: string, today: string): string {
  const days = daysBetween(today, on);
  if (days < 0) return m.app_expected_late({ date: format.nearDay(on, today) });
  if (days === 0) return m.app_expected_today();
  if (days === 1) return m.app_expected_tomorrow();
  return m.app_expected_on({ date: format.nearDay(on, today) });
}
