import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import type { InvoiceFilter, InvoiceRow } from '#shared/ipc/invoices.ts';
import type { OrderFilter, OrderRow } from '#shared/ipc/orders.ts';
import { replaceFile } from '../files/replace.ts';
import type { InvoiceList } from '../queries/invoices.ts';
import type { OrderList } from '../queries/orders.ts';
import { BYTE_ORDER_MARK, count, csvLines, money, text, type Language } from './csv.ts';
import { invoiceHeader, kindWords, orderHeader, statusWords } from './words.ts';

const PAGE = 500;

/** Writes the orders that a filter lets through, as the list shows them; answers how many. Failures of the disk are thrown. */
export function exportOrdersCsv(
  list: OrderList,
  filter: OrderFilter,
  path: string,
  language: Language,
): Promise<number> {
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
  return writeCsv(path, orderHeader[language], language, (offset) =>
    list.page(filter, offset, PAGE).map(cells),
  );
}

export function exportInvoicesCsv(
  list: InvoiceList,
  filter: InvoiceFilter,
  path: string,
  language: Language,
): Promise<number> {
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
  return writeCsv(path, invoiceHeader[language], language, (offset) =>
    list.page(filter, offset, PAGE).map(cells),
  );
}

/** A page at a time, so that neither memory nor other queries feel how long the list is. */
function writeCsv(
  path: string,
  header: readonly string[],
  language: Language,
  page: (offset: number) => string[][],
): Promise<number> {
  return replaceFile(path, async (temporary) => {
    const file: FileHandle = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(BYTE_ORDER_MARK + csvLines([header], language));
      let written = 0;
      for (let rows = page(0); rows.length > 0; rows = page(written)) {
        await file.appendFile(csvLines(rows, language));
        written += rows.length;
        if (rows.length < PAGE) break;
      }
      return written;
    } finally {
      await file.close();
    }
  });
}
