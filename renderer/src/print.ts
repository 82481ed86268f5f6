import './print.css';
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Result } from '#shared/ipc/errors.ts';
import { call } from '#lib/api.ts';
import { openPdf } from '#lib/pdf.ts';

/**
 * The hidden page behind "print": draws every page of one invoice, which the address names, and then the shell prints
 * this page. It waits for the promise left in `oscaroPrint`.
 */
declare global {
  var oscaroPrint: Promise<Result<{ pages: number }>>;
}

/** Sharp for small print on paper, and a page of A4 still fits in 35 MB. */
const dotsPerInch = 300;
/** The unit of PDF. */
const pointsPerInch = 72;

globalThis.oscaroPrint = drawInvoice(location.hash.slice(1));

async function drawInvoice(id: string): Promise<Result<{ pages: number }>> {
  const bytes = await call('invoices.bytes', { id });
  if (!bytes.ok) return bytes;
  const { document, close } = await openPdf(bytes.value);
  try {
    for (let number = 1; number <= document.numPages; number += 1) {
      await drawPage(await document.getPage(number));
    }
    return { ok: true, value: { pages: document.numPages } };
  } finally {
    await close();
  }
}

async function drawPage(page: PDFPageProxy): Promise<void> {
  const viewport = page.getViewport({ scale: dotsPerInch / pointsPerInch });
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  await page.render({ canvas, viewport, intent: 'print' }).promise;
  document.body.append(canvas);
}
