import type { EventPayload } from '#shared/ipc/contract.ts';

/** What long work is given: whether it is still wanted, and how to tell how far it is. */
export interface JobControl {
  signal: AbortSignal;
  progress: (done: number, total: number) => void;
}

/** Long work that people can watch and stop. */
export class Jobs {
  readonly #running = new Map<string, AbortController>();
  readonly #tell: (progress: EventPayload<'job'>) => void;

  constructor(tell: (progress: EventPayload<'job'>) => void) {
    this.#tell = tell;
  }

  async run<T>(jobId: string, work: (job: JobControl) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#running.set(jobId, controller);
    try {
      return await work({
        signal: controller.signal,
        progress: (done, total) => this.#tell({ jobId, done, total }),
      });
    } finally {
      this.#running.delete(jobId);
    }
  }

  cancel(jobId: string): void {
    this.#running.get(jobId)?.abort();
  }

  cancelAll(): void {
    for (const controller of this.#running.values()) controller.abort();
  }
}
