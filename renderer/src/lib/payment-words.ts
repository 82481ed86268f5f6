import { m } from '#shared/i18n/generated/messages.js';
import type { Payment } from '#shared/domain/order.ts';

export const paymentMethod: Record<Payment['method'], () => string> = {
  card: m.app_pay_card,
  paypal: m.app_pay_paypal,
  bank_transfer: m.app_pay_transfer,
};

export const paymentState: Record<Payment['state'], () => string> = {
  pending: m.app_pay_pending,
  done: m.app_pay_done,
  failed: m.app_pay_failed,
};

type InstalmentState = NonNullable<Payment['instalments']>[number]['state'];

export const instalmentState: Record<InstalmentState, () => string> = {
  paid: m.app_instalment_paid,
  due: m.app_instalment_due,
  failed: m.app_instalment_failed,
};
