import type { Invoice } from '#shared/domain/invoice.ts';
import { checksum } from './checksum.ts';
import { kindCodes } from './codes.ts';

/** The row of an invoice that lists read. */
export interface InvoiceRecord {
  pk: number;
  id: Uint8Array;
  sum: number;
  file: number;
  kind: number;
  excl: number;
  vat: number;
  incl: number;
  currency: string;
  number: string;
  order_id: Uint8Array;
  order_number: string;
  /** The seller's name is kept apart, once. */
  seller: number;
}

type Summed = Omit<InvoiceRecord, 'pk' | 'id' | 'sum' | 'file' | 'order_id'>;

/** The file's state changes on its own and is not part of it. */
export function invoiceSum(row: Summed): number {
  return checksum(
    `${row.kind} ${row.excl} ${row.vat} ${row.incl} ${row.currency} ${row.number} ${row.order_number} ${row.seller}`,
  );
}

export function invoiceRecord(invoice: Invoice, seller: number): Summed & { sum: number } {
  const summed = {
    kind: kindCodes.code(invoice.kind),
    excl: invoice.exclVat,
    vat: invoice.vat,
    incl: invoice.inclVat,
    currency: invoice.currency,
    number: invoice.number,
    order_number: invoice.orderNumber,
    seller,
  };
  return { ...summed, sum: invoiceSum(summed) };
}
