import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Uuid } from '#shared/domain/ids.ts';
import type { Invoice } from '#shared/domain/invoice.ts';
import type { Order, OrderLine } from '#shared/domain/order.ts';
import type { Vehicle } from '#shared/domain/vehicle.ts';
import { generateDemo } from '../demo/generate.ts';
import { billedItems, orderTotals, totalsOf } from './billing.ts';
import { renderInvoicePdf, type InvoiceInput } from './pdf.ts';
import { SHOP } from './sellers.ts';

const folder = mkdtempSync(join(tmpdir(), 'invoice-pdf-'));
afterAll(() => rmSync(folder, { recursive: true }));

const inputs: InvoiceInput[] = [];
for (const account of generateDemo({ seed: 'demo', today: '2026-11-22', garageOrders: 500 })) {
  const orders = new Map<Uuid, Order & { id: Uuid }>();
  const vehicles = new Map<Uuid, Vehicle>();
  for (const { type, id, value } of account.entities) {
    if (type === 'vehicle') vehicles.set(id, value);
    if (type === 'order') orders.set(id, { ...value, id });
    const order = type === 'invoice' ? orders.get(value.orderId) : undefined;
    if (type !== 'invoice' || !order) continue;
    const vehicle = vehicles.get(order.vehicleId ?? '');
    inputs.push({
      invoice: { ...value, id },
      order,
      profile: account.profile,
      ...(vehicle ? { vehicle } : {}),
    });
  }
}

function find(wanted: (input: InvoiceInput) => boolean): InvoiceInput {
  const found = inputs.find(wanted);
  if (!found) throw new Error('the demo has no such invoice');
  return found;
}

function run(tool: string, args: readonly string[], bytes: Uint8Array): string {
  const file = join(folder, 'invoice.pdf');
  writeFileSync(file, bytes);
  return execFileSync(
    tool,
    args.map((arg) => (arg === 'FILE' ? file : arg)),
    { encoding: 'utf8' },
  );
}

/** The text as people read it, spaces of all kinds made plain. */
const plain = (text: string): string => text.replace(/\s+/g, ' ');
const textOf = (bytes: Uint8Array): string => plain(run('pdftotext', ['-layout', 'FILE', '-'], bytes));

/** An invoice for lines that no demo order would have. */
function made(base: InvoiceInput, lines: OrderLine[], rest: Partial<Order> = {}): InvoiceInput {
  const order = { ...base.order, ...rest, lines, totals: orderTotals(lines, 492) };
  const draft = { kind: 'invoice' as const, seller: SHOP.name };
  const { items: _items, ...invoice }: Invoice & { id: Uuid } = { ...base.invoice, ...draft };
  return { ...base, order, invoice: { ...invoice, ...totalsOf(billedItems(order, draft)) } };
}

const isGarage = ({ profile }: InvoiceInput): boolean => profile.kind === 'garage';
const isInvoice = ({ invoice }: InvoiceInput): boolean =>
  invoice.kind === 'invoice' && invoice.seller === SHOP.name;
const business = find((input) => isGarage(input) && isInvoice(input) && input.order.lines.length > 2);
const consumer = find((input) => !isGarage(input) && isInvoice(input));

describe('an invoice as a file', () => {
  it('is the same for the same input, whatever was drawn before', async () => {
    const first = await renderInvoicePdf(business);
    for (const other of inputs.slice(0, 5)) await renderInvoicePdf(other);
    expect(Buffer.from(await renderInvoicePdf(business)).equals(first)).toBe(true);
    const another = { ...business, invoice: { ...business.invoice, number: 'F-2026-999999' } };
    expect(Buffer.from(await renderInvoicePdf(another)).equals(first)).toBe(false);
  });

  it('is sound for qpdf, tagged, in French, dated as issued, with every font inside', async () => {
    const bytes = await renderInvoicePdf(business);
    expect(run('qpdf', ['--check', 'FILE'], bytes)).toContain('No syntax or stream encoding errors found');
    const info = run('pdfinfo', ['-isodates', 'FILE'], bytes);
    expect(info).toMatch(/Tagged:\s+yes/);
    expect(info).toMatch(/Page size:.*A4/);
    expect(info).toContain(`Facture ${business.invoice.number}`);
    expect(info).toMatch(new RegExp(`CreationDate:\\s+${business.invoice.issuedOn}`));
    expect(run('qpdf', ['--qdf', '--object-streams=disable', 'FILE', '-'], bytes)).toContain('/Lang (fr-FR)');
    const fonts = run('pdffonts', ['FILE'], bytes).trim().split('\n').slice(2);
    expect(fonts).toHaveLength(2);
    for (const font of fonts) expect(font).toMatch(/Inter-\S+\s+CID TrueType\s+Identity-H\s+yes yes yes/);
  });

  it('keeps its bytes when the order goes on after the day of issue', async () => {
    const refund = {
      id: business.order.id,
      kind: 'refund',
      method: 'card',
      state: 'done',
      amount: 100,
    } as const;
    const payments = [...business.order.payments, { ...refund, at: '2026-11-21T10:00:00.000Z' }];
    const later = { ...business, order: { ...business.order, payments } };
    expect(Buffer.from(await renderInvoicePdf(later)).equals(await renderInvoicePdf(business))).toBe(true);
  });
});

describe('what an invoice says', () => {
  it('names the parties, dates, operation and terms that the law wants between businesses', async () => {
    const text = textOf(await renderInvoicePdf(business));
    const { invoice, profile } = business;
    const french = (date: string): string => date.split('-').reverse().join('/');
    for (const wanted of [
      invoice.number,
      french(invoice.issuedOn),
      french(invoice.saleOn),
      'Boutique Pièces Auto Démo, SAS au capital de 250 000 €',
      'SIREN 999 999 014 – RCS Nanterre 999 999 014',
      SHOP.vatNumber,
      'Garage Morel SARL',
      'SIREN 999 999 063',
      profile.company?.vatNumber ?? 'no company',
      'livraison de biens',
      'taxe d’après les débits',
      'Escompte pour paiement anticipé : néant',
      'Pénalités de retard : trois fois le taux d’intérêt légal',
      'recouvrement en cas de retard de paiement : 40 €',
      'Net à payer : 0,00 €',
      '1/1',
    ])
      expect(text).toContain(wanted);
    expect(text).not.toContain('consommation');
  });

  it('tells consumers their guarantee and mediator, not the terms between businesses', async () => {
    const text = textOf(await renderInvoicePdf(consumer));
    expect(text).toContain('Garantie légale de conformité : deux ans');
    expect(text).toContain('Médiateur de la consommation');
    for (const unwanted of ['40 €', 'Pénalités', 'Escompte']) expect(text).not.toContain(unwanted);
  });

  it('writes each line with its figures, and totals that are those of the invoice', async () => {
    const text = textOf(await renderInvoicePdf(business));
    const amount = (cents: number): string =>
      (cents / 100)
        .toFixed(2)
        .replace('.', ',')
        .replace(/\B(?=(\d{3})+,)/g, ' ');
    for (const row of billedItems(business.order, business.invoice)) {
      expect(text).toContain(amount(row.exclVat));
      if (row.line) expect(text).toContain(row.line.reference);
    }
    expect(text).toContain(`Total HT ${amount(business.invoice.exclVat)} €`);
    expect(text).toContain(`Total TVA ${amount(business.invoice.vat)} €`);
    expect(text).toContain(`Total TTC ${amount(business.invoice.inclVat)} €`);
  });

  it('shows a deposit as a line of its own', async () => {
    const input = find((one) => isInvoice(one) && one.order.lines[0]?.coreDeposit !== undefined);
    const text = textOf(await renderInvoicePdf(input));
    expect(text).toContain('Consigne –');
    expect(text).toContain('Échange standard');
  });

  it('shows the schedule of a payment in parts', async () => {
    const parts = ({ order }: InvoiceInput): boolean => order.payments.some((payment) => payment.instalments);
    const text = textOf(await renderInvoicePdf(find((one) => isInvoice(one) && parts(one))));
    expect(text).toMatch(/payée en [34] fois sans frais \(TAEG 0 %\)/);
  });

  it('says where the goods went when that is not where the bill went', async () => {
    const input = find((one) => isInvoice(one) && one.order.billingAddress !== undefined);
    const text = textOf(await renderInvoicePdf(input));
    expect(text).toContain('LIVRÉ À');
    expect(text).toContain(plain(input.order.deliveryAddress.city));
    expect(
      textOf(await renderInvoicePdf({ ...consumer, order: withoutBilling(consumer.order) })),
    ).not.toContain('LIVRÉ À');
  });

  it('makes a credit note name the invoice it corrects, in negative amounts', async () => {
    const credit = find((one) => one.invoice.kind === 'credit_note' && isGarage(one));
    const text = textOf(await renderInvoicePdf(credit));
    expect(text).toContain('Avoir');
    expect(text).toContain(`Facture rectifiée ${credit.invoice.correctsNumber ?? 'none'}`);
    expect(text).toMatch(/Total TTC −\d/);
    expect(text).toMatch(/Remboursé le \d{2}\/\d{2}\/\d{4}/);
  });

  it('bills in the name of a marketplace seller', async () => {
    const input = find((one) => one.invoice.seller !== SHOP.name);
    const text = textOf(await renderInvoicePdf(input));
    expect(text).toContain(`${input.invoice.seller}, `);
    expect(text).not.toContain(SHOP.name);
  });

  it('refuses an invoice of an unknown seller', async () => {
    const unknown = { ...business, invoice: { ...business.invoice, seller: 'Inconnu' } };
    await expect(renderInvoicePdf(unknown)).rejects.toThrow(RangeError);
  });
});

describe('the pages of an invoice', () => {
  const many = inputs
    .flatMap((input) => input.order.lines)
    .filter((line) => line.seller === undefined)
    .slice(0, 60)
    .map((line, index) => ({ ...line, id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}` }));

  it('repeats its head, numbers its pages and carries the sums', async () => {
    const input = made(business, many);
    const bytes = await renderInvoicePdf(input);
    const pages = run('pdftotext', ['-layout', 'FILE', '-'], bytes).split('\f').slice(0, -1).map(plain);
    expect(pages.length).toBeGreaterThan(2);
    const carried = pages.map((page) => /À reporter ([\d ]+,\d\d)/.exec(page)?.[1]);
    const brought = pages.map((page) => /Report ([\d ]+,\d\d)/.exec(page)?.[1]);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain(`${index + 1}/${pages.length}`);
      expect(page).toContain('RCS Nanterre');
      if (index > 0) expect(page).toContain(`Facture ${input.invoice.number} (suite)`);
      if (index > 0) expect(brought[index]).toBe(carried[index - 1]);
    }
    expect(pages.slice(0, -1).every((page) => page.includes('Désignation'))).toBe(true);
    for (const line of many) expect(pages.join(' ')).toContain(line.reference);
    expect(pages.at(-1)).toContain('Total TTC');
  });

  it.each(Array.from({ length: 14 }, (_, index) => 12 + index))(
    'keeps the totals whole with %i lines',
    async (count) => {
      const bytes = await renderInvoicePdf(made(business, many.slice(0, count)));
      const pages = run('pdftotext', ['-layout', 'FILE', '-'], bytes).split('\f').slice(0, -1).map(plain);
      const last = pages.at(-1) ?? '';
      for (const wanted of ['Taux de TVA', 'Total HT', 'Total TTC', 'Indemnité forfaitaire'])
        expect(last).toContain(wanted);
    },
  );

  it('lets nothing leave the page, however long the names', async () => {
    const long = 'Établissements Jean-Baptiste Lemaître-Duchêne & Fils, Saint-Rémy-lès-Chevreuse '
      .repeat(2)
      .slice(0, 120);
    const address = {
      ...business.order.deliveryAddress,
      name: long,
      lines: [long, long, long],
      city: long.slice(0, 80),
    };
    const line = {
      ...(many[0] as OrderLine),
      name: `Kit d'embrayage Œuvre Łódź Ελλάς Москва ${'x'.repeat(150)}`,
      reference: '0 986 494 660-'.repeat(5).slice(0, 64),
      brand: 'LEMFÖRDERSYSTEMTEILEINTERNATIONAL'.repeat(2).slice(0, 60),
      unitPriceExclVat: 123_456_789,
      quantity: 9999,
      discountExclVat: 1_000_000_000,
    };
    const input = made(business, [line], {
      deliveryAddress: address,
      billingAddress: { ...address, name: 'Autre' },
    });
    const bytes = await renderInvoicePdf(input);
    const boxes = [
      ...run('pdftotext', ['-bbox', 'FILE', '-'], bytes).matchAll(
        /<word xMin="([\d.-]+)".*?xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</g,
      ),
    ];
    expect(boxes.length).toBeGreaterThan(80);
    for (const [, xMin, xMax, yMax, word] of boxes) {
      expect(Number(xMin), word).toBeGreaterThanOrEqual(39);
      expect(Number(xMax), word).toBeLessThanOrEqual(556.5);
      expect(Number(yMax), word).toBeLessThanOrEqual(830);
    }
    const text = run('pdftotext', ['-layout', 'FILE', '-'], bytes);
    for (const name of ['Œuvre', 'Łódź', 'Ελλάς', 'Москва']) expect(text).toContain(name);
    expect(run('qpdf', ['--check', 'FILE'], bytes)).toContain('No syntax or stream encoding errors found');
  });

  it('draws every document of the demo', async () => {
    for (const input of inputs.filter((_, index) => index % 5 === 0)) {
      const bytes = await renderInvoicePdf(input);
      expect(Buffer.from(bytes.subarray(0, 8)).toString()).toBe('%PDF-1.7');
      expect(bytes.length).toBeLessThan(60_000);
    }
  }, 60_000);
});

function withoutBilling(order: Order & { id: Uuid }): Order & { id: Uuid } {
  const { billingAddress: _billing, ...rest } = order;
  return rest;
}
