import type { Address } from '#shared/domain/address.ts';
import type { Uuid } from '#shared/domain/ids.ts';
import type { Invoice } from '#shared/domain/invoice.ts';
import type { Order } from '#shared/domain/order.ts';
import type { Profile } from '#shared/domain/profile.ts';
import type { Vehicle } from '#shared/domain/vehicle.ts';
import { billedItems, type BilledItem } from './billing.ts';
import { mentionsOf, paymentOf, sellerLines } from './mentions.ts';
import { sellerNamed, type Seller } from './sellers.ts';
import { amount, count, orderNumber, rate, shortDate, siren } from './words.ts';

export interface InvoiceInput {
  invoice: Invoice & { id: Uuid };
  order: Order & { id: Uuid };
  profile: Pick<Profile, 'kind' | 'company'>;
  vehicle?: Pick<Vehicle, 'make' | 'model' | 'engine' | 'plate'>;
}

export interface Row {
  reference: string;
  brand: string;
  name: string;
  note?: string;
  quantity: string;
  unitPrice: string;
  discount: string;
  vatRate: string;
  exclVat: string;
  /** For carrying sums from page to page. */
  cents: number;
}

/** All that an invoice says, before anything is drawn. */
export interface InvoiceContent {
  seller: Seller;
  title: string;
  facts: readonly (readonly [label: string, value: string])[];
  parties: readonly { label: string; lines: readonly string[] }[];
  vehicle: string | undefined;
  rows: readonly Row[];
  rates: readonly (readonly [rate: string, exclVat: string, vat: string])[];
  totals: { exclVat: string; vat: string; inclVat: string };
  payment: readonly string[];
  mentions: readonly string[];
  footer: readonly string[];
}

export function contentOf(input: InvoiceInput): InvoiceContent {
  const { invoice, order, profile, vehicle } = input;
  const seller = sellerNamed(invoice.seller);
  return {
    seller,
    title: invoice.kind === 'credit_note' ? 'Avoir' : 'Facture',
    facts: factsOf(input),
    parties: partiesOf(invoice.kind, order, profile),
    vehicle:
      vehicle && [vehicle.make, vehicle.model, vehicle.engine, '–', vehicle.plate].filter(Boolean).join(' '),
    rows: billedItems(order, invoice).map((item) => rowOf(item, invoice.kind)),
    rates: invoice.vatTotals.map((total) => [rate(total.vatRate), amount(total.exclVat), amount(total.vat)]),
    totals: { exclVat: amount(invoice.exclVat), vat: amount(invoice.vat), inclVat: amount(invoice.inclVat) },
    payment: paymentOf(invoice, order),
    mentions: mentionsOf(invoice, seller, profile.kind),
    footer: sellerLines(seller),
  };
}

function factsOf({ invoice, order }: InvoiceInput): [string, string][] {
  const facts: [string, string][] = [
    ['Numéro', invoice.number],
    ['Date d’émission', shortDate(invoice.issuedOn)],
    ['Date de la vente', shortDate(invoice.saleOn)],
    ['Commande', `${orderNumber(order.number)} du ${shortDate(order.placedOn)}`],
  ];
  if (invoice.correctsNumber !== undefined) facts.push(['Facture rectifiée', invoice.correctsNumber]);
  return facts;
}

function partiesOf(
  kind: Invoice['kind'],
  order: Order,
  profile: InvoiceInput['profile'],
): InvoiceContent['parties'] {
  const billing = order.billingAddress ?? order.deliveryAddress;
  const company = profile.kind === 'garage' ? profile.company : undefined;
  const buyer = addressLines(billing);
  if (company) buyer.push(`SIREN ${siren(company.siren)}`, `TVA intracommunautaire ${company.vatNumber}`);
  if (company && company.name !== billing.name) buyer.unshift(company.name);
  const parties = [{ label: kind === 'invoice' ? 'Facturé à' : 'Client', lines: buyer }];
  if (!sameAddress(billing, order.deliveryAddress))
    parties.push({ label: 'Livré à', lines: addressLines(order.deliveryAddress) });
  return parties;
}

function addressLines(address: Address): string[] {
  const abroad = address.country === 'FR' ? [] : [COUNTRIES.of(address.country) ?? address.country];
  return [address.name, ...address.lines, `${address.postalCode} ${address.city}`, ...abroad].filter(
    (line) => line.trim() !== '',
  );
}

const COUNTRIES = new Intl.DisplayNames('fr', { type: 'region' });

const sameAddress = (a: Address, b: Address): boolean =>
  addressLines(a).join('\n') === addressLines(b).join('\n');

function rowOf(item: BilledItem, kind: Invoice['kind']): Row {
  // On a credit note quantities are negative and discounts positive, so that each row can be checked by hand.
  const sign = kind === 'credit_note' ? -1 : 1;
  const numbers = {
    quantity: count(sign * item.quantity),
    unitPrice: amount(item.unitExclVat),
    discount: item.discountExclVat > 0 ? amount(-sign * item.discountExclVat) : '',
    vatRate: rate(item.vatRate),
    exclVat: amount(item.exclVat),
    cents: item.exclVat,
  };
  if (item.of === 'shipping' || !item.line)
    return { reference: '', brand: '', name: 'Frais de livraison', ...numbers };
  const { reference, brand } = item.line;
  const name = item.line.name.replace(UNBREAKABLE, '\u00a0');
  if (item.of === 'goods') return { reference, brand, name, ...originNote(item), ...numbers };
  const deposit = { reference, brand, name: `Consigne – ${name}`, ...numbers };
  if (kind === 'credit_note') return deposit;
  const note = `Remboursée au retour de la vieille pièce. ${item.line.coreDeposit?.conditions ?? ''}`;
  return { ...deposit, note: note.trim() };
}

/** A dimension or quantity with its sign or unit: "Ø 283", "5 L". */
const UNBREAKABLE = /(?<=Ø) (?=\d)|(?<=\d) (?=(?:mm|mL|L|Ah?|V|W|kW|dents)\b)/g;

function originNote(item: BilledItem): { note?: string } {
  if (item.line?.origin === 'exchange') return { note: 'Échange standard' };
  if (item.line?.origin === 'reused') return { note: 'Pièce de réemploi' };
  return {};
}
