import { Worker } from 'node:worker_threads';
import type { RenderInvoicePdf } from './invoice-documents.ts';

type Answer = { job: number } & ({ bytes: Uint8Array } | { error: unknown });

interface Waiting {
  resolve(bytes: Uint8Array): void;
  reject(error: unknown): void;
}

export interface WorkerRenderer {
  render: RenderInvoicePdf;
  close(): Promise<void>;
}

/**
 * Renders PDFs in a thread of its own: one takes about a tenth of a second of pure computing, during which nobody else would be
 * answered. The thread starts with the first PDF, and anew after it died; what it was making then is rejected.
 */
export function makeWorkerRenderer(): WorkerRenderer {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let jobs = 0;

  function start(): Worker {
    const started = new Worker(new URL('./pdf-worker.ts', import.meta.url));
    // It keeps the process alive only while something waits for it.
    started.unref();
    started.on('message', (answer: Answer) => {
      const job = waiting.get(answer.job);
      waiting.delete(answer.job);
      if (waiting.size === 0) started.unref();
      if ('bytes' in answer) job?.resolve(answer.bytes);
      else job?.reject(answer.error);
    });
    const fail = (error: unknown) => {
      if (worker === started) worker = undefined;
      for (const job of waiting.values()) job.reject(error);
      waiting.clear();
    };
    started.on('error', fail);
    started.on('exit', () => fail(new Error('The thread that renders PDFs has ended.')));
    return started;
  }

  return {
    render(input) {
      worker ??= start();
      const thread = worker;
      const job = (jobs += 1);
      return new Promise((resolve, reject) => {
        waiting.set(job, { resolve, reject });
        thread.ref();
        thread.postMessage({ job, input });
      });
    },
    async close() {
      await worker?.terminate();
    },
  };
}
