import type { InvoiceFileState, InvoiceRow } from '#shared/ipc/invoices.ts';
import { FILE, kindCodes } from '../db/codes.ts';
import type { Connection, Param } from '../db/connection.ts';
import { DbError } from '../db/errors.ts';
import { idText } from '../db/ids.ts';
import type { InvoiceRecord } from '../db/invoice-rows.ts';
import { invoiceSum } from '../db/invoice-rows.ts';
import { dayOf } from '../db/list-key.ts';

/** Whether an invoice's file is being fetched at this moment. */
export type Downloading = (id: string) => boolean;

const COLUMNS = `i.pk, i.id, i.sum, i.file, i.kind, i.excl, i.vat, i.incl, i.currency, i.number, i.order_id, i.order_number, i.seller,
  s.name AS seller_name, f.size, v.id AS v_id, v.plate, v.label`;
const JOINS = `JOIN sellers s ON s.pk = i.seller LEFT JOIN invoice_files f ON f.id = i.id AND f.state = ${FILE.here}
  LEFT JOIN base b ON b.type = 4 AND b.id = i.order_id LEFT JOIN orders o ON o.pk = b.key LEFT JOIN vehicles v ON v.pk = o.vehicle AND v.known = 1`;

type Row = InvoiceRecord & {
  seller_name: string;
  size: number | null;
  v_id: Uint8Array | null;
  plate: string | null;
  label: string | null;
};

/** Throws a DbError `damaged` when the row's bytes are no longer what was written. */
function invoiceRow(r: Row, downloading: Downloading): InvoiceRow {
  if (invoiceSum(r) !== r.sum) throw new DbError('damaged', 'checksum', 'invoices');
  const id = idText(r.id);
  return {
    id,
    number: r.number,
    kind: kindCodes.word(r.kind),
    issuedOn: dayOf(r.pk),
    orderId: idText(r.order_id),
    orderNumber: r.order_number,
    seller: r.seller_name,
    ...(r.v_id && { vehicle: { id: idText(r.v_id), plate: r.plate ?? '', label: r.label ?? '' } }),
    exclVat: r.excl,
    vat: r.vat,
    inclVat: r.incl,
    currency: r.currency,
    file: downloading(id) ? 'downloading' : fileState(r.file),
    ...(r.file === FILE.here && r.size !== null && { fileSize: r.size }),
  };
}

function fileState(code: number): InvoiceFileState {
  if (code === FILE.here) return 'here';
  return code === FILE.damaged ? 'damaged' : 'to_download';
}

/** Rows of a query on `invoices i`: what follows the joins. */
export function invoiceRows(
  db: Connection,
  downloading: Downloading,
  rest: string,
  ...params: Param[]
): InvoiceRow[] {
  return db
    .all<Row>(`SELECT ${COLUMNS} FROM invoices i ${JOINS} ${rest}`, ...params)
    .map((row) => invoiceRow(row, downloading));
}

/** Rows by their keys, in the order of the keys given. */
export function invoiceRowsOf(
  db: Connection,
  keys: readonly number[],
  downloading: Downloading,
): InvoiceRow[] {
  if (keys.length === 0) return [];
  return db
    .all<Row>(
      `SELECT ${COLUMNS} FROM json_each(?) j CROSS JOIN invoices i ON i.pk = j.value ${JOINS} ORDER BY j.key`,
      JSON.stringify(keys),
    )
    .map((row) => invoiceRow(row, downloading));
}
