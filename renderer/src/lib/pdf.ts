import * as pdf from 'pdfjs-dist/legacy/build/pdf.mjs';
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import { trustedScript } from './trusted-script.ts';

/** A PDF that was opened; `close` ends its worker as well. */
export interface OpenPdf {
  document: pdf.PDFDocumentProxy;
  close: () => Promise<void>;
}

/**
 * Opens a PDF with pdf.js, in a worker of its own. Throws what pdf.js throws for a file that is not a readable PDF.
 * The bytes are handed over: the caller's array is empty afterwards.
 */
export async function openPdf(data: Uint8Array): Promise<OpenPdf> {
  const port = new Worker(trustedScript('pdf-worker', workerUrl), { type: 'module' });
  const worker = pdf.PDFWorker.create({ port });
  // Nothing may be fetched here, so what pdf.js would load on demand it must do without.
  const task = pdf.getDocument({ data, worker, useWorkerFetch: false, useWasm: false });
  const close = async (): Promise<void> => {
    await task.destroy();
    worker.destroy();
    port.terminate();
  };
  try {
    return { document: await task.promise, close };
  } catch (error) {
    await close();
    throw error;
  }
}
