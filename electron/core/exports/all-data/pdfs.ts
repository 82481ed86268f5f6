import type { AppError } from '#shared/ipc/errors.ts';
import { isOwnFault, type InvoiceFiles, type KeptFile } from '../../invoices/files.ts';
import { Stopped } from '../stopped.ts';

/** Why an invoice's file is not in the archive: the service could not be asked for it, or has no good one. */
export type WhyMissing = 'unreachable' | 'unusable';
export type Found = { file: KeptFile } | { missing: WhyMissing };

/** So many are fetched while one is written. */
const AHEAD = 3;

/** Failures that say nothing of one file or of the way to it: nothing more can be written. */
const ENDS_IT = new Set<AppError['kind']>(['disk_full', 'file_error', 'database_damaged', 'cancelled']);

/**
 * The files of invoices, in their order. Those that are not here are fetched, until the service cannot be reached: then the rest is what
 * this computer has, instead of a time-out for each.
 */
export async function* pdfs(files: InvoiceFiles, ids: readonly string[]): AsyncGenerator<Found> {
  let reachable = true;
  const find = async (id: string): Promise<Found> => {
    if (!reachable) {
      const file = await files.here(id);
      return file ? { file } : { missing: 'unreachable' };
    }
    const got = await files.get(id);
    if (got.ok) return { file: got.value };
    if (ENDS_IT.has(got.error.kind)) throw new Stopped(got);
    if (isOwnFault(got.error)) return { missing: 'unusable' };
    reachable = false;
    return { missing: 'unreachable' };
  };
  const left = ids.values();
  const started: Promise<Found>[] = [];
  const startNext = (): void => {
    const next = left.next();
    if (next.done) return;
    const found = find(next.value);
    // Its turn may never come; when it does, it is awaited below.
    found.catch(() => undefined);
    started.push(found);
  };
  for (let i = 0; i < AHEAD; i += 1) startNext();
  for (let first = started.shift(); first; first = started.shift()) {
    startNext();
    yield await first;
  }
}
