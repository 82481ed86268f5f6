import { m } from '#shared/i18n/generated/messages.js';
import { call } from './api.ts';
import { saved } from './saved.ts';
import { toasts } from './toasts.svelte.ts';

/** Opens an invoice in the program that the system has for PDFs. */
export async function openInvoice(id: string): Promise<void> {
  const result = await call('invoices.open', { id });
  if (!result.ok) toasts.failure(result.error);
}

export async function printInvoice(id: string): Promise<void> {
  const result = await call('invoices.print', { id });
  if (!result.ok) toasts.failure(result.error);
}

export async function saveInvoiceAs(id: string): Promise<void> {
  saved(await call('invoices.saveAs', { id }));
}

/** Fetches files that are not on this computer, or not whole, and says how many arrived. */
export async function downloadInvoices(ids: string[]): Promise<void> {
  const result = await call('invoices.download', { ids });
  if (!result.ok) toasts.failure(result.error);
  else if (result.value.failed > 0) toasts.add('bad', m.app_download_failed({ count: result.value.failed }));
  else toasts.add('ok', m.app_download_done({ count: result.value.here }));
}
