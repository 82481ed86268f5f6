import type { InvoiceFilter } from '#shared/ipc/invoices.ts';
import type { Result } from '#shared/ipc/errors.ts';
import { replaceFile } from '../files/replace.ts';
import type { InvoiceFiles } from '../invoices/files.ts';
import type { JobControl } from '../jobs.ts';
import type { InvoiceList } from '../queries/invoices.ts';
import { fail, ok } from '../result.ts';
import { uniqueNames } from './names.ts';
import { Stopped, unlessStopped } from './stopped.ts';
import { inPages, PAGE } from './table.ts';
import { writeZip } from './write-zip.ts';

export interface ZipRequest {
  filter: InvoiceFilter;
  /** Only these of what the filter lets through; all of it when absent. */
  ids?: readonly string[] | undefined;
  path: string;
}

/** Writes the invoices' PDFs into one archive, fetching those that are not here. Failures of the disk are thrown. */
export function exportInvoicesZip(
  list: InvoiceList,
  files: InvoiceFiles,
  request: ZipRequest,
  job: JobControl,
): Promise<Result<{ count: number }>> {
  const ids = chosen(list, request);
  return unlessStopped(async () => {
    await replaceFile(request.path, (temporary) => write(temporary, ids, files, job));
    return ok({ count: ids.length });
  });
}

function chosen(list: InvoiceList, { filter, ids }: ZipRequest): string[] {
  const wanted = ids && new Set(ids);
  const found: string[] = [];
  for (const rows of inPages((offset) => list.page(filter, offset, PAGE))) {
    for (const { id } of rows) if (!wanted || wanted.has(id)) found.push(id);
  }
  return found;
}

function write(path: string, ids: readonly string[], files: InvoiceFiles, job: JobControl): Promise<void> {
  return writeZip(path, async (add) => {
    const name = uniqueNames();
    job.progress(0, ids.length);
    for (const [index, id] of ids.entries()) {
      if (job.signal.aborted) throw new Stopped(fail('cancelled'));
      const file = await files.get(id);
      if (!file.ok) throw new Stopped(file);
      // PDFs are compressed inside.
      await add(name(file.value.number), [file.value.bytes], { compress: false });
      job.progress(index + 1, ids.length);
    }
  });
}
