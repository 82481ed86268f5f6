import type { Invoice } from '#shared/domain/invoice.ts';
import { FILE } from './codes.ts';
import type { Holds } from './holds.ts';
import type { Connection } from './connection.ts';
import { insertAtFreeKey } from './free-key.ts';
import { idBytes } from './ids.ts';
import type { InvoiceRecord } from './invoice-rows.ts';
import { invoiceRecord } from './invoice-rows.ts';
import { invoiceKey } from './list-key.ts';
import type { Sellers } from './sellers.ts';
import type { TextsWriter } from './texts-writer.ts';
import { invoiceText } from './texts.ts';
import type { Totals } from './totals.ts';

const SAME_MOMENT = 1000;

type Stored = Pick<InvoiceRecord, 'pk' | 'kind' | 'excl' | 'incl' | 'number' | 'order_number'>;

/** Everything that the screens need of invoices, their files apart. */
export class Invoices {
  readonly #db: Connection;
  readonly #sellers: Sellers;
  readonly #totals: Totals;
  readonly #texts: TextsWriter;
  readonly #holds: Holds;

  constructor(db: Connection, sellers: Sellers, totals: Totals, texts: TextsWriter, holds: Holds) {
    this.#db = db;
    this.#sellers = sellers;
    this.#totals = totals;
    this.#texts = texts;
    this.#holds = holds;
  }

  put(old: number | undefined, id: string, invoice: Invoice): number {
    const wanted = invoiceKey(invoice.issuedOn, invoice.number);
    const stored = old === undefined ? undefined : this.#stored(old);
    const stays = stored !== undefined && stored.pk >= wanted && stored.pk - wanted < SAME_MOMENT;
    if (stored) this.#remove(stored);
    const text = invoiceText(invoice.number, invoice.orderNumber);
    const pk = this.#insertRow(stays ? stored.pk : wanted, id, invoice, text);
    this.#texts.add('invoice_text', pk, text);
    return pk;
  }

  remove(pk: number): void {
    const stored = this.#stored(pk);
    if (stored) this.#remove(stored);
  }

  #stored(pk: number): Stored | undefined {
    return this.#db.get<Stored>(
      'SELECT pk, kind, excl, incl, number, order_number FROM invoices WHERE pk = ?',
      pk,
    );
  }

  #insertRow(wanted: number, id: string, invoice: Invoice, text: string): number {
    const bytes = idBytes(id);
    const orderId = idBytes(invoice.orderId);
    const r = invoiceRecord(invoice, this.#sellers.key(invoice.seller));
    const insert = this.#db.statement(
      'INSERT INTO invoices VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (pk) DO NOTHING',
    );
    const pk = insertAtFreeKey(this.#db, 'invoices', wanted, (key) => {
      const { changes } = insert.run(
        key, bytes, r.sum, this.#fileState(bytes), r.kind, r.excl, r.vat, r.incl, r.currency, r.number, orderId, r.order_number, r.seller, text,
      ); // prettier-ignore
      return changes === 1;
    });
    this.#totals.invoice(1, { ...r, pk });
    return pk;
  }

  #fileState(id: Uint8Array): number {
    if (!this.#holds.files) return FILE.toDownload;
    const file = this.#db.statement('SELECT state FROM invoice_files WHERE id = ?').get(id) as
      { state: number } | undefined;
    return file?.state ?? FILE.toDownload;
  }

  #remove(stored: Stored): void {
    this.#db.statement('DELETE FROM invoices WHERE pk = ?').run(stored.pk);
    this.#totals.invoice(-1, stored);
    this.#texts.remove('invoice_text', stored.pk, invoiceText(stored.number, stored.order_number));
  }
}
