import { BrowserWindow, type WebContents } from 'electron';
import { z } from 'zod';
import { AppError, fail, type Result } from '#shared/ipc/errors.ts';
import { secureWebPreferences } from './main-window.ts';
import { printResult } from './print-result.ts';

/** What renderer/src/print.ts leaves for us once every page is drawn. */
const Rendered = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.object({ pages: z.int().min(1) }) }),
  z.object({ ok: z.literal(false), error: AppError }),
]);

/** Fetching and drawing an invoice; the system's print dialog, where people may take their time, is not counted. */
const renderLimitMs = 60_000;

export interface PrintOptions {
  /** The address of print.html. */
  url: string;
  preload: string;
  /** The hidden page asks for the invoice over the bridge, so it is one of ours while it lives. */
  adopt: (contents: WebContents) => void;
}

/** Draws an invoice in a hidden window and hands it to the system's print dialog. */
export async function printInvoice(id: string, options: PrintOptions): Promise<Result<{ printed: boolean }>> {
  const window = new BrowserWindow({
    show: false,
    webPreferences: { ...secureWebPreferences(options.preload), devTools: false },
  });
  options.adopt(window.webContents);
  try {
    await window.loadURL(`${options.url}#${id}`);
    const rendered = Rendered.parse(await renderedBy(window.webContents));
    return rendered.ok ? await print(window.webContents) : rendered;
  } finally {
    window.destroy();
  }
}

async function renderedBy(contents: WebContents): Promise<unknown> {
  const drawn = contents.executeJavaScript('globalThis.oscaroPrint') as Promise<unknown>;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(
      resolve,
      renderLimitMs,
      fail('internal', { detail: 'drawing for print took too long' }),
    );
    contents.once('render-process-gone', () =>
      resolve(fail('internal', { detail: 'drawing for print crashed' })),
    );
  });
  try {
    return await Promise.race([drawn, late]);
  } finally {
    clearTimeout(timer);
  }
}

function print(contents: WebContents): Promise<Result<{ printed: boolean }>> {
  return new Promise((resolve) => {
    contents.print({ printBackground: true, margins: { marginType: 'none' } }, (printed, reason) =>
      resolve(printResult(printed, reason)),
    );
  });
}
