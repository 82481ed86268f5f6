import { newId } from '#lib/new-id.ts';
import type { InvoiceFilter } from '#shared/ipc/invoices.ts';
import { call, on } from '#lib/api.ts';
import { saved } from '#lib/saved.ts';

/** Saving many invoices as one ZIP: how far it is, and how to stop it. */
export class ZipJob {
  running = $state(false);
  progress = $state.raw<{ done: number; total: number }>();
  #id: string | undefined;

  async run(filter: InvoiceFilter, ids?: string[]): Promise<void> {
    if (this.running) return;
    const jobId = newId();
    this.#id = jobId;
    this.running = true;
    this.progress = undefined;
    const stop = on('job', (job) => {
      if (job.jobId === jobId) this.progress = { done: job.done, total: job.total };
    });
    const result = await call('invoices.saveZip', { jobId, filter, ...(ids ? { ids } : {}) });
    stop();
    this.running = false;
    this.progress = undefined;
    saved(result);
  }

  cancel(): void {
    if (this.#id !== undefined) void call('jobs.cancel', { jobId: this.#id });
  }
}
