import type { Invoice } from '#shared/domain/invoice.ts';
import { instant, type Clock } from '../clock.ts';
import { gatherInput } from '../documents/invoice-input.ts';
import type { InvoiceDocuments } from '../documents/invoice-documents.ts';
import type { Store } from '../store/open.ts';
import type { Trx } from '../store/schema.ts';

/** Code de commerce, art. L123-22: accounting documents and what supports them are kept for ten years. */
const YEARS = 10;
const INVOICES_PER_TRANSACTION = 200;

/**
 * Moves all invoices of an account into the archive, which holds what each of them says and nothing that leads back to the account. In parts, so that
 * other accounts wait for none of them long: what was moved stays so when it is cut short.
 */
export async function retainInvoices(store: Store, accountKey: number): Promise<void> {
  let moved: number;
  do {
    moved = await store.db.transaction().execute((trx) => retainSome(store, trx, accountKey));
  } while (moved === INVOICES_PER_TRANSACTION);
}

async function retainSome(store: Store, trx: Trx, accountKey: number): Promise<number> {
  const rows = await trx
    .selectFrom('entities as e')
    .leftJoin('documents as d', (join) =>
      join.onRef('d.account_key', '=', 'e.account_key').onRef('d.invoice_id', '=', 'e.id'),
    )
    .select(['e.id', 'e.change', 'd.sha256', 'd.size'])
    .where('e.account_key', '=', accountKey)
    .where('e.type', '=', 'invoice')
    .where('e.deleted_at', 'is', null)
    .limit(INVOICES_PER_TRANSACTION)
    .execute();
  for (const { id, change, sha256, size } of rows) {
    const { value: invoice } = JSON.parse(change) as { value: Invoice };
    await trx
      .insertInto('retained_invoices')
      .values({
        number: invoice.number,
        issued_on: invoice.issuedOn,
        content: JSON.stringify(await gatherInput(store, trx, accountKey, id, invoice)),
        sha256,
        size,
        delete_after: lastDayOf(invoice.issuedOn),
      })
      .execute();
    await trx
      .deleteFrom('documents')
      .where('account_key', '=', accountKey)
      .where('invoice_id', '=', id)
      .execute();
    await trx
      .deleteFrom('entities')
      .where('account_key', '=', accountKey)
      .where('type', '=', 'invoice')
      .where('id', '=', id)
      .execute();
  }
  return rows.length;
}

/** Ten years from the end of the seller's financial year, which is the calendar's. */
const lastDayOf = (issuedOn: string) => `${Number(issuedOn.slice(0, 4)) + YEARS}-12-31`;

/** Deletes from the archive what no longer has to be kept. */
export async function forgetRetained(store: Store, clock: Clock, documents: InvoiceDocuments): Promise<void> {
  const forgotten = await store.db
    .deleteFrom('retained_invoices')
    .where('delete_after', '<', instant(clock).slice(0, 10))
    .returning('sha256')
    .execute();
  await documents.drop(forgotten.flatMap(({ sha256 }) => sha256 ?? []));
}
