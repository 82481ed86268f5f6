import { parentPort } from 'node:worker_threads';
import { renderInvoicePdf } from '../invoices/pdf.ts';
import type { InvoicePdfInput } from './invoice-input.ts';

/** Renders one after the other what the service asks for; see worker-renderer.ts. */
parentPort?.on('message', ({ job, input }: { job: number; input: InvoicePdfInput }) => {
  renderInvoicePdf(input).then(
    (bytes) => parentPort?.postMessage({ job, bytes }),
    (error: unknown) => parentPort?.postMessage({ job, error }),
  );
});
