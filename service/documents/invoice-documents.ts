import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { newId, type Uuid } from '#shared/domain/ids.ts';
import type { Invoice } from '#shared/domain/invoice.ts';
import { instant, type Clock } from '../clock.ts';
import { done, failed, type Result } from '../failures.ts';
import type { Store } from '../store/open.ts';
import type { Feed } from '../sync/feed.ts';
import { gatherInput, type InvoicePdfInput } from './invoice-input.ts';

/** Must give the same bytes for the same input. */
export type RenderInvoicePdf = (input: InvoicePdfInput) => Promise<Uint8Array>;

export interface StoredDocument {
  /** Lower-case hex. */
  sha256: string;
  size: number;
  path: string;
  /** What people call it. */
  number: string;
}

export interface InvoiceDocuments {
  /** `not_found` when this account has no such invoice. Made at the first request, never made anew after. */
  find(accountKey: number, invoiceId: Uuid): Promise<Result<StoredDocument>>;
  /** Deletes the files that nothing names any more, of an account or of the archive. */
  drop(sha256s: readonly string[]): Promise<void>;
}

export function makeInvoiceDocuments(
  store: Store,
  feed: Feed,
  clock: Clock,
  dataDir: string,
  render: RenderInvoicePdf,
): InvoiceDocuments {
  const pathOf = (sha256: string) => join(dataDir, 'documents', sha256.slice(0, 2), `${sha256}.pdf`);
  const inTheMaking = new Map<string, Promise<{ sha256: string; size: number }>>();

  const kept = (accountKey: number, invoiceId: Uuid) =>
    store.db
      .selectFrom('documents')
      .select(['sha256', 'size'])
      .where('account_key', '=', accountKey)
      .where('invoice_id', '=', invoiceId)
      .executeTakeFirst();

  /** The row comes after the file: a crash between the two leaves a file that the next rendering finds equal. */
  async function make(accountKey: number, invoiceId: Uuid, invoice: Invoice) {
    const bytes = await render(await gatherInput(store, store.db, accountKey, invoiceId, invoice));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await writeWhole(pathOf(sha256), bytes);
    await store.db
      .insertInto('documents')
      .values({
        account_key: accountKey,
        invoice_id: invoiceId,
        sha256,
        size: bytes.length,
        created_at: instant(clock),
      })
      // Another process may have made it meanwhile: of the same data come the same bytes.
      .onConflict((c) => c.columns(['account_key', 'invoice_id']).doNothing())
      .execute();
    return (await kept(accountKey, invoiceId)) ?? { sha256, size: bytes.length };
  }

  async function look(accountKey: number, invoiceId: Uuid, invoice: Invoice) {
    return (await kept(accountKey, invoiceId)) ?? make(accountKey, invoiceId, invoice);
  }

  return {
    async find(accountKey, invoiceId) {
      const invoice = await feed.read(accountKey, 'invoice', invoiceId);
      if (!invoice) return failed('not_found', 'No such invoice.');
      const key = `${accountKey}/${invoiceId}`;
      // Whoever asks while it is being made gets the same one.
      const looking =
        inTheMaking.get(key) ?? look(accountKey, invoiceId, invoice).finally(() => inTheMaking.delete(key));
      inTheMaking.set(key, looking);
      const document = await looking;
      return done({ ...document, path: pathOf(document.sha256), number: invoice.number });
    },
    async drop(sha256s) {
      for (const sha256 of sha256s)
        if (!(await isNamed(store, sha256))) await rm(pathOf(sha256), { force: true });
    },
  };
}

/** Two documents of the same bytes are one file. */
async function isNamed({ db }: Store, sha256: string): Promise<boolean> {
  for (const table of ['documents', 'retained_invoices'] as const) {
    const row = await db
      .selectFrom(table)
      .select('sha256')
      .where('sha256', '=', sha256)
      .limit(1)
      .executeTakeFirst();
    if (row) return true;
  }
  return false;
}

/** Whole or not at all: written aside, flushed, then renamed into place. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const aside = `${path}.${newId()}.part`;
  try {
    const file = await open(aside, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
    const folder = await open(dirname(path), 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

/** The bytes from `start` to `end`, both included. */
export async function readRange(path: string, start: number, end: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(end - start + 1);
    await file.read(bytes, 0, bytes.length, start);
    return bytes;
  } finally {
    await file.close();
  }
}

export const readWhole = (path: string): Promise<Buffer> => readFile(path);
