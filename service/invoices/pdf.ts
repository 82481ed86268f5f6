import PDFDocument from 'pdfkit';
import { contentOf, type InvoiceInput } from './content.ts';
import { Ink } from './ink.ts';
import { InvoicePage } from './page.ts';
import { measureRow, paginate } from './table.ts';

export type { InvoiceInput } from './content.ts';

/**
 * An invoice or credit note as a tagged PDF, A4, fonts embedded. The same input gives the same bytes, so that the hash of a
 * document stays what it was. Rejects on an invoice whose seller or lines are unknown: a bug, not a customer's mistake.
 */
export async function renderInvoicePdf(input: InvoiceInput): Promise<Uint8Array> {
  const content = contentOf(input);
  const { invoice, order } = input;
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    font: '',
    autoFirstPage: false,
    pdfVersion: '1.7',
    lang: 'fr-FR',
    tagged: true,
    displayTitle: true,
    info: {
      Title: `${content.title} ${invoice.number}`,
      Author: content.seller.name,
      Subject: `Commande ${order.number}`,
      Creator: 'Oscaro Desktop account service',
      // pdfkit derives the file's identifier from this dictionary: nothing in it may depend on the time of drawing.
      CreationDate: new Date(`${invoice.issuedOn}T12:00:00.000Z`),
    },
  });
  const bytes = collect(doc);
  const page = new InvoicePage(doc, new Ink(doc), content);
  const rows = content.rows.map((row) => measureRow(row, page.ink));
  const pages = paginate(rows, page.firstRoom(), page.nextRoom());
  page.drawAll(pages);
  doc.end();
  return await bytes;
}

function collect(doc: InstanceType<typeof PDFDocument>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  return new Promise((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    doc.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    doc.on('error', reject);
  });
}
