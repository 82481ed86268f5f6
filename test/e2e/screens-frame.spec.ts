import { temporaryFolder } from '#test/support/electron.ts';
import { chooseMenuItem } from '#test/support/main-process.ts';
import { expect, test } from './pages/fixtures.ts';
import { Frame } from './pages/frame.ts';
import { InvoicesPage } from './pages/invoices-page.ts';
import { OrdersPage } from './pages/orders-page.ts';

test('home says what is under way, what was spent, and what is to be returned', async ({ signedIn }) => {
  const { page } = await signedIn('garage');
  for (const card of [
    'En livraison',
    'Consignes',
    'Dépenses sur 12 mois, par véhicule',
    'Dernières commandes',
    'Dernières factures',
  ]) {
    await expect(page.getByRole('region', { name: card })).toBeVisible();
  }
  const spending = page.getByRole('region', { name: 'Dépenses sur 12 mois, par véhicule' });
  await expect(spending.getByRole('img', { name: 'Dépenses par mois' })).toBeVisible();
  await spending.getByRole('button', { name: 'Tableau' }).click();
  await expect(spending.getByRole('row')).toHaveCount(13);
});

test('garages read prices without VAT first, consumers with it', async ({ signedIn }) => {
  const garage = await signedIn('garage');
  await garage.frame.go('Commandes');
  await expect(new OrdersPage(garage.page).totals).toContainText('HT');
  await garage.close();
  const consumer = await signedIn('private');
  await consumer.frame.go('Commandes');
  await expect(new OrdersPage(consumer.page).totals).toContainText('TTC');
});

test('search finds as one types and leads to what was found', async ({ signedIn }) => {
  const { page, frame } = await signedIn('garage');
  await page.keyboard.press('Control+k');
  await expect(frame.search).toBeFocused();
  await page.keyboard.type('disque frein');
  const options = page.getByRole('listbox', { name: 'Résultats' }).getByRole('option');
  await expect(options.first()).toContainText(/frein/i);
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  const marks = options.first().locator('mark');
  await expect(marks.first()).toHaveText(/disque|frein/i);
  await page.keyboard.press('ArrowDown');
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(frame.title('Commandes')).toBeVisible();
  await expect(page.getByRole('article')).toBeVisible();

  await page.keyboard.press('Control+k');
  await expect(options.first()).toContainText('disque frein');
  await frame.search.fill('nothing is called like this');
  await expect(page.getByText('Rien ne correspond à')).toBeVisible();
  await frame.search.fill('synchroniser');
  await page.keyboard.press('Enter');
  await expect(frame.toasts).toContainText('À jour');
});

test('an invoice is found by a part of its number', async ({ signedIn }) => {
  const { page, frame } = await signedIn('garage');
  await frame.go('Factures');
  const number = await new InvoicesPage(page).numberOf(2);
  await page.keyboard.press('Control+k');
  await frame.search.fill(number.replace(/\D/g, '').slice(-6));
  const results = page.getByRole('listbox', { name: 'Résultats' });
  await results.getByRole('option').filter({ hasText: number }).first().click();
  await expect(new InvoicesPage(page).preview).toContainText(number);
});

test('language and theme change at once, without a restart', async ({ signedIn }) => {
  const { page, frame } = await signedIn('private');
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.keyboard.press('Control+,');
  const settings = frame.dialog('Réglages');
  await settings.getByText('Sombre').click();
  await expect.poll(background).toBe('rgb(15, 21, 25)');
  await settings.getByText('Clair').click();
  await expect.poll(background).toBe('rgb(246, 247, 248)');
  await settings.getByText('English').click();
  await expect(frame.dialog('Settings')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.keyboard.press('Escape');
  await expect(frame.title(/^Hello, Camille/)).toBeVisible();
  await expect(frame.navigation).toContainText('Up to date');
});

test('everything is shown after a restart without a network, and the app says that it is offline', async ({
  signedIn,
  launch,
}) => {
  const first = await signedIn('garage', { userData: await temporaryFolder() });
  await first.frame.go('Factures');
  const count = await new InvoicesPage(first.page).totals.textContent();
  await first.close();
  const { page } = await launch({ userData: first.userData, serviceUrl: 'http://127.0.0.1:9' });
  const invoices = new InvoicesPage(page);
  await expect(invoices.totals).toHaveText(count ?? '');
  await expect(page.getByRole('status').filter({ hasText: /hors ligne|session a expiré/ })).toBeVisible();
  const frame = new Frame(page);
  await frame.go('Accueil');
  await expect(page.getByRole('region', { name: 'Dernières commandes' }).getByRole('listitem')).toHaveCount(
    5,
  );
});

test('the native menu and the keyboard reach every screen', async ({ signedIn }) => {
  const { app, page, frame } = await signedIn('private');
  await page.keyboard.press('Control+2');
  await expect(frame.title('Commandes')).toBeVisible();
  await expect(new OrdersPage(page).list).toBeFocused();
  await page.keyboard.press('Control+3');
  await expect(new InvoicesPage(page).grid).toBeFocused();
  await page.keyboard.press('Control+1');
  await expect(frame.title(/^Bonjour/)).toBeVisible();
  await chooseMenuItem(app, 'orders');
  await expect(frame.title('Commandes')).toBeVisible();
  await chooseMenuItem(app, 'help');
  await expect(frame.dialog('Aide et raccourcis')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(frame.dialog('Aide et raccourcis')).toHaveCount(0);
});

test('a person without a mouse signs in, finds an order, opens its invoice and comes back', async ({
  start,
}) => {
  const { page, signIn } = await start();
  await expect(signIn.email).toBeFocused();
  await page.keyboard.type('camille@example.org');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Demo-2026!');
  await page.keyboard.press('Enter');
  const frame = new Frame(page);
  await frame.upToDate();
  await page.keyboard.press('Control+2');
  const orders = new OrdersPage(page);
  await expect(orders.list).toBeFocused();
  await page.keyboard.press('End');
  await expect(orders.detail).toBeVisible();
  const invoice = orders.detail.getByRole('button', { name: /^Facture / });
  await expect(invoice).toBeVisible();
  for (let presses = 0; presses < 4; presses += 1) {
    await page.keyboard.press('Tab');
    if (await invoice.evaluate((button) => button === document.activeElement)) break;
  }
  await expect(invoice).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(new InvoicesPage(page).preview.getByRole('document')).toContainText('Total');
  await page.keyboard.press('Escape');
  await expect(new InvoicesPage(page).preview).toHaveCount(0);
  await page.keyboard.press('Control+2');
  await expect(orders.detail).toBeVisible();
});
