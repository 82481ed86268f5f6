import type { ElectronApplication } from '@playwright/test';

/** Puts a printer in place of the system's: what is printed from now on comes back as a PDF, in base64. */
export function printToPdf(app: ElectronApplication): Promise<string> {
  return app.evaluate(
    ({ webContents }) =>
      new Promise<string>((resolve, reject) => {
        const [any] = webContents.getAllWebContents();
        const prototype = Object.getPrototypeOf(any) as Electron.WebContents;
        prototype.print = function (this: Electron.WebContents, _options, done) {
          this.printToPDF({ preferCSSPageSize: true, printBackground: true, pageSize: 'A4' }).then((pdf) => {
            resolve(pdf.toString('base64'));
            done?.(true, '');
          }, reject);
        };
      }),
  );
}
