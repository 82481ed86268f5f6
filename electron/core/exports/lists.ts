import type { InvoiceFilter, InvoiceRow } from '#shared/ipc/invoices.ts';
import type { OrderFilter, OrderRow } from '#shared/ipc/orders.ts';
import type { InvoiceList } from '../queries/invoices.ts';
import type { OrderList } from '../queries/orders.ts';
import { count, money, text, type Language } from './csv.ts';
import { invoiceHeader, kindWords, orderHeader, statusWords } from './words.ts';
import { inPages, PAGE, type Table } from './table.ts';
import { writeCsv } from './write-csv.ts';

/** Writes the orders that a filter lets through, as the list shows them; answers how many. Failures of the disk are thrown. */
export function exportOrdersCsv(
  list: OrderList,
  filter: OrderFilter,
  path: string,
  language: Language,
): Promise<number> {
  return writeCsv(path, ordersTable(list, filter, language), language);
}

export function exportInvoicesCsv(
  list: InvoiceList,
  filter: InvoiceFilter,
  path: string,
  language: Language,
): Promise<number> {
  return writeCsv(path, invoicesTable(list, filter, language), language);
}

export function ordersTable(list: OrderList, filter: OrderFilter, language: Language): Table {
  const cells = (row: OrderRow): string[] => [
    text(row.number),
    row.placedOn,
    statusWords[language][row.status],
    text(row.title),
    count(row.lineCount),
    text(row.vehicle?.plate ?? ''),
    text(row.vehicle?.label ?? ''),
    money(row.exclVat, language),
    money(row.inclVat, language),
    row.currency,
    row.deposit === undefined ? '' : money(row.deposit, language),
    row.depositToReturn === undefined ? '' : money(row.depositToReturn, language),
  ];
  return {
    header: orderHeader[language],
    pages: inPages((offset) => list.page(filter, offset, PAGE).map(cells)),
  };
}

export function invoicesTable(list: InvoiceList, filter: InvoiceFilter, language: Language): Table {
  const cells = (row: InvoiceRow): string[] => [
    text(row.number),
    kindWords[language][row.kind],
    row.issuedOn,
    text(row.orderNumber),
    text(row.seller),
    text(row.vehicle?.plate ?? ''),
    text(row.vehicle?.label ?? ''),
    money(row.exclVat, language),
    money(row.vat, language),
    money(row.inclVat, language),
    row.currency,
  ];
  return {
    header: invoiceHeader[language],
    pages: inPages((offset) => list.page(filter, offset, PAGE).map(cells)),
  };
}
