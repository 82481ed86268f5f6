import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder as folder } from '#test/support/electron.ts';
import { expect, test } from './pages/fixtures.ts';
import { OrdersPage } from './pages/orders-page.ts';

test('filters combine, say what they leave, and are cleared at once', async ({ signedIn }) => {
  const { page, frame } = await signedIn('garage');
  await frame.go('Commandes');
  const orders = new OrdersPage(page);
  const all = await orders.count();
  expect(all).toBeGreaterThan(100);

  await orders.chooseStatus('Livrée');
  await orders.expectCount((count) => count > 0 && count < all);
  const delivered = await orders.count();
  await expect(orders.rows.first()).toContainText('Livrée');

  await orders.choosePeriod('3 derniers mois');
  await orders.expectCount((count) => count > 0 && count < delivered);
  const recent = await orders.count();

  await orders.chooseVehicle('clio');
  await orders.expectCount((count) => count > 0 && count < recent);

  await orders.filterText('nothing is called like this');
  await expect(page.getByText('Aucune commande ne correspond')).toBeVisible();
  await orders.clearFilters();
  await orders.expectCount((count) => count === all);
});

test('the keyboard walks the list, and the detail follows', async ({ signedIn }) => {
  const { page, frame } = await signedIn('garage');
  await frame.go('Commandes');
  const orders = new OrdersPage(page);
  await orders.list.focus();
  await page.keyboard.press('Home');
  await expect(orders.selected).toHaveAttribute('aria-posinset', '1');
  await page.keyboard.press('ArrowDown');
  await expect(orders.selected).toHaveAttribute('aria-posinset', '2');
  const title = (await orders.selected.locator('.title .clip').textContent()) ?? '';
  await expect(orders.detail.getByRole('heading', { level: 2 })).toHaveText(title);

  await page.keyboard.press('End');
  const count = await orders.count();
  await expect(orders.selected).toHaveAttribute('aria-posinset', String(count));
  await expect(orders.selected).toBeInViewport();
  await page.keyboard.press('PageUp');
  await expect(orders.selected).not.toHaveAttribute('aria-posinset', String(count));

  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(orders.selected).toHaveCount(3);
});

test('an order shows its steps, parts, parcels, payments and invoices', async ({ signedIn }) => {
  const { page, frame } = await signedIn('garage');
  await frame.go('Commandes');
  const orders = new OrdersPage(page);
  await orders.chooseStatus('Livrée');
  await orders.rows.first().click();
  await expect(orders.detail.getByRole('list', { name: 'Étapes de la commande' })).toContainText('Livrée');
  await expect(orders.detail.getByRole('region', { name: 'Articles' }).getByRole('row')).not.toHaveCount(0);
  for (const part of [/^(Livraison|Colis 1)/, 'Paiement', 'Factures', 'Adresses']) {
    await expect(orders.detail.getByRole('region', { name: part }).first()).toBeVisible();
  }
  await orders.detail.getByRole('button', { name: /^Facture / }).click();
  await expect(page.getByRole('region', { name: 'Aperçu' })).toBeVisible();
});

test('a number is copied from the menu of a row', async ({ signedIn }) => {
  const { app, page, frame } = await signedIn('private');
  await frame.go('Commandes');
  const orders = new OrdersPage(page);
  await orders.rows.nth(1).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copier le numéro' }).click();
  const heading = orders.detail.getByText(/^Commande /).first();
  const number = ((await heading.textContent()) ?? '').replace(/\D/g, '');
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe(number);
});

test('the filtered list is saved as CSV', async ({ signedIn, saveDir }) => {
  const { page, frame } = await signedIn('private');
  await frame.go('Commandes');
  const orders = new OrdersPage(page);
  const all = await orders.count();
  await orders.chooseStatus('Livrée');
  await orders.expectCount((count) => count > 0 && count < all);
  const count = await orders.count();
  await page.getByRole('button', { name: 'Exporter' }).click();
  await expect(frame.toasts).toContainText(`${count} éléments`);
  const [file] = readdirSync(saveDir);
  const lines = readFileSync(join(saveDir, file ?? ''), 'utf8')
    .trim()
    .split('\n');
  expect(lines.length).toBeGreaterThan(count);
});

test('filters, selection and place are found again after a restart without a network', async ({
  signedIn,
  launch,
}) => {
  const first = await signedIn('garage', { userData: await folder() });
  await first.frame.go('Commandes');
  const orders = new OrdersPage(first.page);
  const all = await orders.count();
  await orders.chooseStatus('Livrée');
  await orders.expectCount((count) => count < all);
  await orders.list.focus();
  await first.page.keyboard.press('Home');
  for (let i = 0; i < 30; i += 1) await first.page.keyboard.press('ArrowDown');
  await expect(orders.selected).toHaveAttribute('aria-posinset', '31');
  const title = (await orders.selected.locator('.title .clip').textContent()) ?? '';
  await expect(orders.detail.getByRole('heading', { level: 2 })).toHaveText(title);
  await first.close();

  const again = await launch({ userData: first.userData, serviceUrl: 'http://127.0.0.1:9' });
  const found = new OrdersPage(again.page);
  await expect(found.selected).toHaveAttribute('aria-posinset', '31');
  await expect(found.selected).toBeInViewport();
  await expect(found.detail.getByRole('heading', { level: 2 })).toHaveText(title);
  await expect(found.filters.getByRole('button', { name: /Statut : Livrée/ })).toBeVisible();
});

test('where there is no room for both, the detail covers the list until Esc', async ({ signedIn }) => {
  const { app, page, frame } = await signedIn('private');
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(900, 600));
  await frame.go('Commandes');
  const orders = new OrdersPage(page);
  await orders.list.focus();
  await page.keyboard.press('Home');
  await expect(orders.detail).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(orders.detail).toBeVisible();
  await expect(orders.list).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(orders.list).toBeVisible();
  await expect(orders.selected).toHaveAttribute('aria-posinset', '1');
});
