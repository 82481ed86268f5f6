import type { InvoiceItem } from '#shared/domain/invoice.ts';
import type { Order, OrderLine } from '#shared/domain/order.ts';
import type { OrderStatus } from '#shared/domain/order-status.ts';
import { toInstant } from '#shared/domain/time.ts';
import { parisDay, parisMoment, workingDayAfter } from './calendar.ts';
import { followDeposit } from './deposits.ts';
import { creditNote, invoiceOfLine, type DemoInvoice } from './documents.ts';
import type { LineDraft } from './lines.ts';
import type { Numbers } from './numbers.ts';
import type { Parcel } from './parcels.ts';
import { refundPayment, type PaymentCourse } from './payments.ts';
import type { Fate } from './plan.ts';
import type { Prng } from './prng.ts';

interface Sold {
  order: Order;
  drafts: readonly LineDraft[];
  parcels: readonly Parcel[];
  invoices: readonly DemoInvoice[];
  course: PaymentCourse;
  until: number;
  fate: Fate;
}

/** What happens once the parcels have arrived: parts sent back, old cores returned. Changes the order, returns the credit notes. */
export function afterSales(sold: Sold, numbers: Numbers, rng: Prng): DemoInvoice[] {
  const credits = refundOrder(sold, numbers, rng) ?? [
    ...refundLine(sold, numbers, rng),
    ...refundDeposits(sold, numbers, rng),
  ];
  credits.sort((a, b) => a.issuedAt - b.issuedAt);
  for (const credit of credits)
    sold.order.payments.push(refundPayment(sold.course.method, -credit.value.inclVat, credit.issuedAt, rng));
  return credits;
}

/** Everything goes back: the customer withdrew, or the parcel never found its addressee. `undefined` when that is not so. */
function refundOrder(sold: Sold, numbers: Numbers, rng: Prng): DemoInvoice[] | undefined {
  const { order, fate, until, invoices } = sold;
  const whole =
    fate === 'refunded' || fate === 'returned_to_sender' || (fate === 'partially_refunded' && !partOf(order));
  if (!whole) return undefined;
  const at = refundMoment(sold, fate === 'returned_to_sender' ? 2 : rng.int(6, 22), rng);
  if (at > until) return undefined;
  addStatus(order, 'refunded', at);
  for (const line of order.lines) if (line.coreDeposit) line.coreDeposit.state = 'refunded';
  return invoices.map((invoice) => creditNote(order, invoice, undefined, at, numbers, rng));
}

function refundLine(sold: Sold, numbers: Numbers, rng: Prng): DemoInvoice[] {
  const { order, fate, until, invoices } = sold;
  const line = partOf(order);
  if (fate !== 'partially_refunded' || !line) return [];
  const at = refundMoment(sold, rng.int(6, 24), rng);
  const invoice = invoiceOfLine(order, invoices, line.id);
  if (at > until || !invoice) return [];
  addStatus(order, 'partially_refunded', at);
  const quantity = order.lines.length > 1 ? rng.int(1, line.quantity) : rng.int(1, line.quantity - 1);
  const items: InvoiceItem[] = [{ of: 'goods', lineId: line.id, quantity }];
  return [creditNote(order, invoice, items, at, numbers, rng)];
}

/** A line without deposit whose return leaves something of the order. */
function partOf(order: Order): OrderLine | undefined {
  return order.lines.findLast((line) => !line.coreDeposit && (order.lines.length > 1 || line.quantity > 1));
}

function refundDeposits(sold: Sold, numbers: Numbers, rng: Prng): DemoInvoice[] {
  const { order, until, invoices, fate } = sold;
  return sold.drafts.flatMap(({ line, depositMonths }) => {
    const parcel = sold.parcels.find((candidate) => candidate.lineIds.includes(line.id));
    if (!line.coreDeposit || !depositMonths || !parcel) return [];
    if (fate === 'returned_to_sender' || parcel.endedAt > until) return [];
    const at = followDeposit(line.coreDeposit, depositMonths, parcel.endedAt, until, rng);
    const invoice = invoiceOfLine(order, invoices, line.id);
    if (at === undefined || !invoice) return [];
    const items: InvoiceItem[] = [{ of: 'deposit', lineId: line.id, quantity: line.quantity }];
    return [creditNote(order, invoice, items, at, numbers, rng)];
  });
}

function refundMoment(sold: Sold, days: number, rng: Prng): number {
  const ended = Math.max(...sold.parcels.map((parcel) => parcel.endedAt));
  return parisMoment(workingDayAfter(parisDay(ended) + days, 0), rng.int(9 * 60, 17 * 60));
}

function addStatus(order: Order, status: OrderStatus, at: number): void {
  order.events.push({ status, at: toInstant(at) });
}
