import { m } from '#shared/i18n/generated/messages.js';
import { call, on } from '#lib/api.ts';
import { newId } from '#lib/new-id.ts';
import { toasts } from '#lib/toasts.svelte.ts';

/** Saving everything about the account: how far it is, and how to stop it. It goes on when its screen is left. */
class DataJob {
  running = $state(false);
  progress = $state.raw<{ done: number; total: number }>();
  #id: string | undefined;

  async run(): Promise<void> {
    if (this.running) return;
    const jobId = newId();
    this.#id = jobId;
    this.running = true;
    this.progress = undefined;
    const stop = on('job', (job) => {
      if (job.jobId === jobId) this.progress = { done: job.done, total: job.total };
    });
    const result = await call('data.saveAll', { jobId });
    stop();
    this.running = false;
    this.progress = undefined;
    if (!result.ok) toasts.failure(result.error);
    else if (result.value.saved) {
      const { path, missingAccount, missingInvoices } = result.value;
      const whole = !missingAccount && missingInvoices === 0;
      toasts.add(
        whole ? 'ok' : 'info',
        whole ? m.security_data_saved() : m.security_data_saved_partly(),
        path,
      );
    }
  }

  cancel(): void {
    if (this.#id !== undefined) void call('jobs.cancel', { jobId: this.#id });
  }
}

export const dataJob = new DataJob();
