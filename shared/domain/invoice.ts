import { z } from 'zod';
import { Uuid } from './ids.ts';
import { Cents, Currency, VatRate } from './money.ts';
import { CalendarDate } from './time.ts';

export const InvoiceKind = z.enum(['invoice', 'credit_note']);
export type InvoiceKind = z.infer<typeof InvoiceKind>;

/** A quantity of one line, or of its deposits, or the shipping of the whole order (without line, quantity 1). */
export const InvoiceItem = z.object({
  of: z.enum(['goods', 'deposit', 'shipping']),
  lineId: Uuid.optional(),
  quantity: z.int().min(1).max(9999),
});
export type InvoiceItem = z.infer<typeof InvoiceItem>;

/** Amounts of a credit note are negative, so that sums over a period need no special case. */
export const Invoice = z.object({
  number: z.string().min(1).max(40),
  kind: InvoiceKind,
  /** The invoice that a credit note corrects. */
  corrects: Uuid.optional(),
  /** Its number, which a credit note must name. */
  correctsNumber: z.string().min(1).max(40).optional(),
  orderId: Uuid,
  orderNumber: z.string().min(1).max(20),
  issuedOn: CalendarDate,
  saleOn: CalendarDate,
  currency: Currency,
  seller: z.string().min(1).max(120),
  /** What of the order it is about; absent when that is everything its seller sold, with deposits and shipping. */
  items: z.array(InvoiceItem).min(1).max(1001).optional(),
  vatTotals: z
    .array(z.object({ vatRate: VatRate, exclVat: Cents, vat: Cents }))
    .min(1)
    .max(20),
  exclVat: Cents,
  vat: Cents,
  inclVat: Cents,
});
export type Invoice = z.infer<typeof Invoice>;
