import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './pages/fixtures.ts';
import { InvoicesPage } from './pages/invoices-page.ts';

test('an invoice is previewed inside the app, with words that can be selected', async ({ signedIn }) => {
  const { page, frame } = await signedIn('garage');
  await frame.go('Factures');
  const invoices = new InvoicesPage(page);
  const number = await invoices.numberOf(0);
  await invoices.row(0).click();
  const document = invoices.preview.getByRole('document', { name: 'Page 1' });
  await expect(document).toContainText(number, { timeout: 20_000 });
  await expect(invoices.preview.getByText('Page 1 sur 1')).toBeVisible();
  await expect(invoices.row(0)).toContainText('Sur cet ordinateur');

  const width = async () => (await document.boundingBox())?.width ?? 0;
  const before = await width();
  await invoices.preview.getByRole('button', { name: 'Agrandir' }).click();
  await expect.poll(width).toBeGreaterThan(before * 1.2);
  await page.keyboard.press('Escape');
  await expect(invoices.preview).toHaveCount(0);
});

test('an invoice is opened, saved and traced to its order', async ({ signedIn, saveDir }) => {
  const { app, page, frame } = await signedIn('garage');
  await frame.go('Factures');
  const invoices = new InvoicesPage(page);
  const number = await invoices.numberOf(1);
  await invoices.row(1).click();
  const opened = app.evaluate(
    ({ shell }) =>
      new Promise<string>((resolve) => {
        shell.openPath = (path) => {
          resolve(path);
          return Promise.resolve('');
        };
      }),
  );
  await invoices.preview.getByRole('button', { name: 'Ouvrir' }).click();
  expect(await opened).toContain(number);
  await invoices.preview.getByRole('button', { name: 'Enregistrer sous…' }).click();
  await expect(frame.toasts).toContainText(`${number}.pdf`);
  expect(
    readFileSync(join(saveDir, `${number}.pdf`))
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
  await invoices.preview.getByRole('button', { name: /^Commande/ }).click();
  await expect(page.getByRole('article')).toContainText(number);
});

test('those that are chosen are saved as one ZIP, those of a period as CSV', async ({
  signedIn,
  saveDir,
}) => {
  const { page, frame } = await signedIn('private');
  await frame.go('Factures');
  const invoices = new InvoicesPage(page);
  await invoices.grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(invoices.zip).toHaveText('ZIP (3)');
  await invoices.zip.click();
  await expect(frame.toasts).toContainText('3 éléments');
  const zip = readdirSync(saveDir).find((name) => name.endsWith('.zip')) ?? '';
  expect(readFileSync(join(saveDir, zip)).subarray(0, 2).toString()).toBe('PK');

  const all = await invoices.count();
  await page.getByRole('button', { name: /^Période/ }).click();
  await page.getByRole('radio', { name: '12 derniers mois' }).click();
  await expect.poll(() => invoices.count()).toBeLessThan(all);
  const count = await invoices.count();
  await invoices.csv.click();
  await expect(frame.toasts).toContainText(`${count} éléments`);
  const csv = readdirSync(saveDir).find((name) => name.endsWith('.csv')) ?? '';
  expect(readFileSync(join(saveDir, csv), 'utf8').trim().split('\n').length).toBeGreaterThan(count);
});

test('a long ZIP shows how far it is and can be cancelled, leaving nothing behind', async ({
  signedIn,
  saveDir,
}) => {
  const { page, frame } = await signedIn('garage');
  await frame.go('Factures');
  const invoices = new InvoicesPage(page);
  await invoices.zip.click();
  await expect(page.getByRole('status').filter({ hasText: /\d factures sur/ })).toBeVisible();
  await page.getByRole('button', { name: 'Annuler' }).click();
  await expect(invoices.zip).toBeEnabled();
  expect(readdirSync(saveDir)).toEqual([]);
});
