import { z } from 'zod';
import { Uuid } from '../domain/ids.ts';
import { Invoice, InvoiceKind } from '../domain/invoice.ts';
import { Cents, Currency } from '../domain/money.ts';
import { CalendarDate } from '../domain/time.ts';
import { VehicleTag } from './vehicles.ts';

/** Where an invoice's PDF is: on this computer and verified, still to be fetched, being fetched, or found altered. */
export const InvoiceFileState = z.enum(['here', 'to_download', 'downloading', 'damaged']);
export type InvoiceFileState = z.infer<typeof InvoiceFileState>;

export const InvoiceFilter = z.strictObject({
  kind: InvoiceKind.optional(),
  /** By `issuedOn`, both ends included. */
  from: CalendarDate.optional(),
  to: CalendarDate.optional(),
  file: InvoiceFileState.optional(),
  /** Every word must occur in the invoice's number, order number, seller, or its order's vehicle. */
  text: z.string().max(200).optional(),
});
export type InvoiceFilter = z.infer<typeof InvoiceFilter>;

export const InvoiceRow = z.object({
  id: Uuid,
  number: z.string(),
  kind: InvoiceKind,
  issuedOn: CalendarDate,
  orderId: Uuid,
  orderNumber: z.string(),
  seller: z.string(),
  vehicle: VehicleTag.optional(),
  exclVat: Cents,
  vat: Cents,
  inclVat: Cents,
  currency: Currency,
  file: InvoiceFileState,
  /** Bytes, once the file is here. */
  fileSize: z.int().optional(),
});
export type InvoiceRow = z.infer<typeof InvoiceRow>;

export const InvoiceDetail = z.object({ id: Uuid, row: InvoiceRow, invoice: Invoice });
export type InvoiceDetail = z.infer<typeof InvoiceDetail>;
