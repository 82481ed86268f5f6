import type { Uuid } from '#shared/domain/ids.ts';
import type { Invoice, InvoiceItem } from '#shared/domain/invoice.ts';
import type { Order } from '#shared/domain/order.ts';
import { billedItems, lineItems, shippingItems, totalsOf } from '../invoices/billing.ts';
import { sellerNamed, SHOP } from '../invoices/sellers.ts';
import { dateOf, parisDay } from './calendar.ts';
import type { Numbers } from './numbers.ts';
import type { Parcel } from './parcels.ts';
import type { Prng } from './prng.ts';

export interface DemoInvoice {
  id: Uuid;
  value: Invoice;
  issuedAt: number;
}

/** The invoices of the parcels that have left by then: one per seller, or one per parcel of the shop. */
export function invoicesOf(
  order: Order,
  orderId: Uuid,
  parcels: readonly Parcel[],
  until: number,
  numbers: Numbers,
  rng: Prng,
): DemoInvoice[] {
  const perParcel = rng.chance(0.5);
  const invoices: DemoInvoice[] = [];
  const billedSellers = new Set<string>();
  for (const parcel of [...parcels].sort((a, b) => a.leftAt - b.leftAt)) {
    const seller = parcel.seller ?? SHOP.name;
    const shared = parcels.filter((other) => other.seller === parcel.seller).length > 1;
    const first = !billedSellers.has(seller);
    if (parcel.leftAt > until || (!first && !perParcel)) continue;
    billedSellers.add(seller);
    const items = shared && perParcel ? parcelItems(order, parcel, first) : undefined;
    const kind = 'invoice';
    const draft = items ? ({ kind, seller, items } as const) : ({ kind, seller } as const);
    invoices.push({
      id: rng.idAt(parcel.leftAt),
      issuedAt: parcel.leftAt,
      value: {
        ...heading(order, orderId),
        ...draft,
        number: numbers.document(sellerNamed(seller).series, parcel.leftAt),
        issuedOn: dateOf(parisDay(parcel.leftAt)),
        saleOn: dateOf(parisDay(parcel.leftAt)),
        ...totalsOf(billedItems(order, draft)),
      },
    });
  }
  return invoices;
}

function parcelItems(order: Order, parcel: Parcel, withShipping: boolean): InvoiceItem[] {
  const lines = order.lines.filter((line) => parcel.lineIds.includes(line.id));
  return [
    ...lines.flatMap(lineItems),
    ...(withShipping && parcel.seller === undefined ? shippingItems(order) : []),
  ];
}

/** A credit note on a whole invoice, or on these items of it. */
export function creditNote(
  order: Order,
  invoice: DemoInvoice,
  items: InvoiceItem[] | undefined,
  at: number,
  numbers: Numbers,
  rng: Prng,
): DemoInvoice {
  const { seller } = invoice.value;
  const covered = items ?? invoice.value.items;
  const kind = 'credit_note';
  const draft = covered ? ({ kind, seller, items: covered } as const) : ({ kind, seller } as const);
  const { series } = sellerNamed(seller);
  return {
    id: rng.idAt(at),
    issuedAt: at,
    value: {
      ...heading(order, invoice.value.orderId),
      ...draft,
      corrects: invoice.id,
      correctsNumber: invoice.value.number,
      number: numbers.document(seller === SHOP.name ? 'A' : `${series}A`, at),
      issuedOn: dateOf(parisDay(at)),
      saleOn: invoice.value.saleOn,
      ...totalsOf(billedItems(order, draft)),
    },
  };
}

/** The invoice that bills that line. */
export function invoiceOfLine(
  order: Order,
  invoices: readonly DemoInvoice[],
  lineId: Uuid,
): DemoInvoice | undefined {
  const bills = ({ value }: DemoInvoice): boolean =>
    billedItems(order, value).some((item) => item.line?.id === lineId);
  return invoices.find((invoice) => invoice.value.kind === 'invoice' && bills(invoice));
}

const heading = (order: Order, orderId: Uuid): Pick<Invoice, 'orderId' | 'orderNumber' | 'currency'> => ({
  orderId,
  orderNumber: order.number,
  currency: order.currency,
});
