import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { Result } from '#shared/ipc/errors.ts';
import { fail, ok } from '../result.ts';
import type { InvoiceFilter } from '#shared/ipc/invoices.ts';
import { replaceFile } from '../files/replace.ts';
import type { InvoiceFiles } from '../invoices/files.ts';
import type { InvoiceList } from '../queries/invoices.ts';
import { uniqueNames } from './names.ts';

export interface ZipRequest {
  filter: InvoiceFilter;
  /** Only these of what the filter lets through; all of it when absent. */
  ids?: readonly string[] | undefined;
  path: string;
}

/** Ends the writing of an archive for a reason that is a result, not a bug. */
class Stopped extends Error {
  readonly result: { ok: false; error: ReturnType<typeof fail>['error'] };
  constructor(result: Stopped['result']) {
    super(result.error.kind);
    this.result = result;
  }
}

const PAGE = 500;

/** Writes the invoices' PDFs into one archive, fetching those that are not here. Failures of the disk are thrown. */
export async function exportInvoicesZip(
  list: InvoiceList,
  files: InvoiceFiles,
  request: ZipRequest,
  job: { signal: AbortSignal; progress: (done: number, total: number) => void },
): Promise<Result<{ count: number }>> {
  const ids = chosen(list, request);
  try {
    await replaceFile(request.path, (temporary) => write(temporary, ids, files, job));
    return ok({ count: ids.length });
  } catch (error) {
    if (error instanceof Stopped) return error.result;
    throw error;
  }
}

function chosen(list: InvoiceList, { filter, ids }: ZipRequest): string[] {
  const wanted = ids && new Set(ids);
  const found: string[] = [];
  for (
    let rows = list.page(filter, 0, PAGE), offset = 0;
    rows.length > 0;
    rows = list.page(filter, offset, PAGE)
  ) {
    for (const { id } of rows) if (!wanted || wanted.has(id)) found.push(id);
    offset += rows.length;
  }
  return found;
}

async function write(
  path: string,
  ids: readonly string[],
  files: InvoiceFiles,
  job: { signal: AbortSignal; progress: (done: number, total: number) => void },
): Promise<void> {
  const zip = new ZipFile();
  const stopped = new AbortController();
  const written = pipeline(zip.outputStream, createWriteStream(path, { mode: 0o600 }), {
    signal: stopped.signal,
  });
  // Whoever fails first tells why; the other end is then only let go.
  const failed = written.then(
    () => undefined,
    (error: unknown) => error,
  );
  try {
    const name = uniqueNames();
    job.progress(0, ids.length);
    for (const [index, id] of ids.entries()) {
      if (job.signal.aborted) throw new Stopped(fail('cancelled'));
      const file = await files.get(id);
      if (!file.ok) throw new Stopped(file);
      // PDFs are compressed inside.
      zip.addBuffer(Buffer.from(file.value.bytes), name(file.value.number), { compress: false });
      job.progress(index + 1, ids.length);
    }
    zip.end();
  } catch (error) {
    stopped.abort();
    await failed;
    throw error;
  }
  const reason = await failed;
  if (reason !== undefined)
    throw reason instanceof Error ? reason : new Error('the archive could not be written');
}
