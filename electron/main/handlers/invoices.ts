import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Handlers, Output } from '#shared/ipc/contract.ts';
import { fail, ok, type Result } from '#shared/ipc/errors.ts';
import * as m from '#shared/i18n/generated/messages.js';
import type { AskWhereToSave } from '#main/platform/dialogs.ts';
import { fileFailure } from '#main/platform/file-errors.ts';
import { safeFileName } from '#main/platform/file-name.ts';
import type { Language } from '#main/platform/language.ts';
import type { RemoteEngine } from './engine.ts';

export interface InvoiceCallsContext {
  engine: Pick<RemoteEngine, 'invoices.file' | 'invoices.get'>;
  language: () => Language;
  askWhereToSave: AskWhereToSave;
  /** Opens a file with the system's viewer; answers what went wrong, or an empty string (shell.openPath). */
  openFile: (path: string) => Promise<string>;
  print: (invoiceId: string) => Promise<Result<{ printed: boolean }>>;
  /** Where copies for the viewer go; emptied when the app starts. */
  openedFolder: string;
}

type InvoiceCall = 'invoices.open' | 'invoices.print' | 'invoices.saveAs';

export function invoiceHandlers(context: InvoiceCallsContext): Handlers<InvoiceCall> {
  return {
    'invoices.open': ({ id }) => open(context, id),
    'invoices.print': ({ id }) => context.print(id),
    'invoices.saveAs': ({ id }) => saveAs(context, id),
  };
}

/**
 * Opens a copy: under the invoice's number, which is what the viewer shows and offers when the person saves it, and
 * so that no other program writes into the file that we vouch for.
 */
async function open(context: InvoiceCallsContext, id: string): Promise<Result<undefined>> {
  const file = await context.engine['invoices.file']({ id });
  if (!file.ok) return file;
  const folder = join(context.openedFolder, id);
  const copy = join(folder, `${safeFileName(file.value.number, id)}.pdf`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeWhole(copy, file.value.bytes);
  } catch (error) {
    return fileFailure(error);
  }
  const problem = await context.openFile(copy);
  // The system's words may quote the path; the kind is enough to explain.
  return problem ? fail('file_error', { detail: 'no program opens PDF files' }) : ok(undefined);
}

async function saveAs(context: InvoiceCallsContext, id: string): Promise<Result<Output<'invoices.saveAs'>>> {
  const detail = await context.engine['invoices.get']({ id });
  if (!detail.ok) return detail;
  const locale = { locale: context.language() };
  const target = await context.askWhereToSave({
    title: m.shell_save_invoice_title({}, locale),
    fileName: `${safeFileName(detail.value.row.number, id)}.pdf`,
    fileType: m.shell_file_type_pdf({}, locale),
  });
  if (!target) return ok({ saved: false });
  const file = await context.engine['invoices.file']({ id });
  if (!file.ok) return file;
  try {
    await writeWhole(target, file.value.bytes);
  } catch (error) {
    return fileFailure(error);
  }
  return ok({ saved: true, path: target, count: 1 });
}

/** The whole file under its name, or nothing: a full disk must not leave half an invoice that looks like one. */
async function writeWhole(to: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${to}.${process.pid}.part`;
  try {
    await writeFile(temporary, bytes, { mode: 0o600 });
    await rename(temporary, to);
  } finally {
    await rm(temporary, { force: true });
  }
}
