import { m } from '#shared/i18n/generated/messages.js';
import type { CoreDeposit } from '#shared/domain/order.ts';
import type { CalendarDate } from '#shared/domain/time.ts';
import * as format from './format.ts';
import { daysBetween } from './today.ts';

type Deposit = Pick<CoreDeposit, 'state' | 'dueOn'> & { inclVat: number };
type Words = { tone: 'neutral' | 'ok' | 'info' | 'warn' | 'bad'; text: string };

/** "in 20 days", "today", "3 days late": how a date to keep stands today. */
export function dueWords(dueOn: CalendarDate, today: CalendarDate): string {
  const days = daysBetween(today, dueOn);
  if (days < 0) return m.app_due_late({ count: -days });
  return days === 0 ? m.app_due_today() : m.app_due_in({ count: days });
}

/** Where a core deposit stands and what it asks of the customer. */
export function depositWords(deposit: Deposit, currency: string, today: CalendarDate): Words {
  const amount = format.money(deposit.inclVat, currency);
  switch (deposit.state) {
    case 'to_return': {
      if (deposit.dueOn === undefined) return { tone: 'warn', text: m.app_deposit_return({ amount }) };
      const date = format.nearDay(deposit.dueOn, today);
      const due = dueWords(deposit.dueOn, today);
      return {
        tone: deposit.dueOn < today ? 'bad' : 'warn',
        text: m.app_deposit_return_before({ amount, date, due }),
      };
    }
    case 'shipped':
      return { tone: 'info', text: m.app_deposit_shipped({ amount }) };
    case 'received':
      return { tone: 'info', text: m.app_deposit_received({ amount }) };
    case 'inspected':
      return { tone: 'info', text: m.app_deposit_inspected({ amount }) };
    case 'refunded':
      return { tone: 'ok', text: m.app_deposit_refunded({ amount }) };
    case 'refused':
      return { tone: 'bad', text: m.app_deposit_refused({ amount }) };
    case 'expired':
      return { tone: 'neutral', text: m.app_deposit_expired({ amount }) };
  }
}
