import type { Invoice, InvoiceItem } from '#shared/domain/invoice.ts';
import { vatOf, type Cents, type VatRate } from '#shared/domain/money.ts';
import { lineExclVat, type Order, type OrderLine } from '#shared/domain/order.ts';
import { SHOP } from './sellers.ts';

/** VAT on the shop's shipping, in basis points. */
export const SHIPPING_VAT_RATE: VatRate = 2000;

/** One row of an invoice. Amounts are negative on a credit note; quantities never. */
export interface BilledItem {
  of: InvoiceItem['of'];
  line: OrderLine | undefined;
  quantity: number;
  unitExclVat: Cents;
  discountExclVat: Cents;
  vatRate: VatRate;
  exclVat: Cents;
  vat: Cents;
}

export interface BilledTotals {
  vatTotals: { vatRate: VatRate; exclVat: Cents; vat: Cents }[];
  exclVat: Cents;
  vat: Cents;
  inclVat: Cents;
}

type Billable = Pick<Order, 'lines'> & { totals: Pick<Order['totals'], 'shippingExclVat'> };

export const sellerOf = (line: OrderLine): string => line.seller ?? SHOP.name;

/** All that one seller bills of an order: its lines, then their deposits, then, if it is the shop, the shipping. */
export function everythingOf(order: Billable, seller: string): InvoiceItem[] {
  const lines = order.lines.filter((line) => sellerOf(line) === seller);
  return [...lines.flatMap((line) => lineItems(line)), ...(seller === SHOP.name ? shippingItems(order) : [])];
}

export function lineItems(line: OrderLine): InvoiceItem[] {
  const goods: InvoiceItem = { of: 'goods', lineId: line.id, quantity: line.quantity };
  return line.coreDeposit ? [goods, { ...goods, of: 'deposit' }] : [goods];
}

export function shippingItems(order: Billable): InvoiceItem[] {
  return order.totals.shippingExclVat > 0 ? [{ of: 'shipping', quantity: 1 }] : [];
}

/** The rows of an invoice or credit note. VAT is rounded once per row, so that rows add up to the totals to the cent. */
export function billedItems(
  order: Billable,
  invoice: Pick<Invoice, 'kind' | 'seller' | 'items'>,
): BilledItem[] {
  const sign = invoice.kind === 'credit_note' ? -1 : 1;
  return (invoice.items ?? everythingOf(order, invoice.seller)).map((item) => billed(order, item, sign));
}

export function totalsOf(items: readonly BilledItem[]): BilledTotals {
  const rates = new Map<VatRate, { vatRate: VatRate; exclVat: Cents; vat: Cents }>();
  for (const { vatRate, exclVat, vat } of items) {
    const rate = rates.get(vatRate);
    if (rate) {
      rate.exclVat += exclVat;
      rate.vat += vat;
    } else rates.set(vatRate, { vatRate, exclVat, vat });
  }
  const vatTotals = [...rates.values()].sort((a, b) => b.vatRate - a.vatRate);
  const exclVat = vatTotals.reduce((sum, rate) => sum + rate.exclVat, 0);
  const vat = vatTotals.reduce((sum, rate) => sum + rate.vat, 0);
  return { vatTotals, exclVat, vat, inclVat: exclVat + vat };
}

function billed(order: Billable, item: InvoiceItem, sign: 1 | -1): BilledItem {
  const row = (
    unitExclVat: Cents,
    discountExclVat: Cents,
    vatRate: VatRate,
    line?: OrderLine,
  ): BilledItem => {
    const amount = item.quantity * unitExclVat - discountExclVat;
    const exclVat = amount === 0 ? 0 : sign * amount;
    const vat = vatOf(exclVat, vatRate);
    return {
      of: item.of,
      line,
      quantity: item.quantity,
      unitExclVat,
      discountExclVat,
      vatRate,
      exclVat,
      vat,
    };
  };
  if (item.of === 'shipping') return row(order.totals.shippingExclVat, 0, SHIPPING_VAT_RATE);
  const line = order.lines.find((candidate) => candidate.id === item.lineId);
  if (!line) throw new RangeError('an invoice item names a line that its order does not have');
  if (item.of === 'goods')
    return row(line.unitPriceExclVat, discountShare(line, item.quantity), line.vatRate, line);
  if (!line.coreDeposit) throw new RangeError('an invoice item names a deposit that its line does not have');
  return row(line.coreDeposit.amountExclVat, 0, line.coreDeposit.vatRate, line);
}

/** The discount is on the whole line: a part of the quantity carries its share, rounded to the cent. */
function discountShare(line: OrderLine, quantity: number): Cents {
  return Math.round(((line.discountExclVat ?? 0) * quantity) / line.quantity);
}

/** The totals of an order from its lines, as its invoices will add them up. */
export function orderTotals(lines: readonly OrderLine[], shippingExclVat: Cents): Order['totals'] {
  const order = { lines: [...lines], totals: { shippingExclVat } };
  const items: InvoiceItem[] = [...lines.flatMap(lineItems), ...shippingItems(order)];
  const { vat, inclVat } = totalsOf(items.map((item) => billed(order, item, 1)));
  const goodsExclVat = lines.reduce((sum, line) => sum + lineExclVat(line), 0);
  const depositExclVat = lines.reduce(
    (sum, line) => sum + line.quantity * (line.coreDeposit?.amountExclVat ?? 0),
    0,
  );
  return { goodsExclVat, depositExclVat, shippingExclVat, vat, inclVat };
}
