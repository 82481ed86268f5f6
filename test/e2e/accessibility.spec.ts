import { findings } from '#test/support/axe.ts';
import { AccountPage } from './pages/account-page.ts';
import { expect, test } from './pages/fixtures.ts';
import { OrdersPage } from './pages/orders-page.ts';

for (const theme of ['light', 'dark'] as const) {
  test(`no screen has a fault that axe can find, ${theme}`, async ({ start }) => {
    test.setTimeout(240_000);
    const { page, signIn } = await start();
    await page.evaluate((wanted) => window.oscaro.calls['settings.set']({ theme: wanted }), theme);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    expect(await findings(page), 'sign-in').toEqual([]);
    await signIn.useDemo('garage');
    await expect(page.getByRole('region', { name: 'Dernières commandes' })).toBeVisible();
    expect(await findings(page), 'home').toEqual([]);

    await page.keyboard.press('Control+2');
    const orders = new OrdersPage(page);
    await orders.chooseStatus('Livrée');
    await orders.rows.first().click();
    await expect(orders.detail).toBeVisible();
    expect(await findings(page), 'orders').toEqual([]);
    await orders.filters.getByRole('button', { name: /^Véhicule/ }).click();
    expect(await findings(page), 'vehicle filter').toEqual([]);
    await page.keyboard.press('Escape');

    await page.keyboard.press('Control+3');
    await expect(page.getByRole('grid', { name: 'Factures' })).toBeFocused();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('document', { name: 'Page 1' })).toContainText('Total', { timeout: 20_000 });
    expect(await findings(page), 'invoices').toEqual([]);

    await page.keyboard.press('Control+4');
    await page.getByRole('main').getByRole('option').first().click();
    await expect(page.getByRole('article').getByRole('spinbutton').first()).toBeVisible();
    expect(await findings(page), 'baskets').toEqual([]);

    await page.keyboard.press('Control+5');
    await page.getByRole('main').getByRole('option').nth(1).click();
    await expect(page.getByRole('article').getByRole('heading', { level: 2 }).first()).toBeVisible();
    expect(await findings(page), 'vehicles').toEqual([]);

    const account = new AccountPage(page);
    await account.open();
    expect(await findings(page), 'account').toEqual([]);
    await account.addresses.getByRole('button', { name: 'Ajouter' }).click();
    await expect(account.addressDialog).toBeVisible();
    expect(await findings(page), 'address').toEqual([]);
    await page.keyboard.press('Escape');

    await page.keyboard.press('Control+7');
    await expect(page.getByRole('heading', { level: 1, name: 'Modifications' })).toBeVisible();
    expect(await findings(page), 'changes').toEqual([]);

    await page.keyboard.press('Control+k');
    await page.keyboard.type('frein');
    await expect(page.getByRole('option').filter({ hasText: /frein/i }).first()).toBeVisible();
    expect(await findings(page), 'search').toEqual([]);
    await page.keyboard.press('Escape');

    await page.keyboard.press('Control+,');
    await expect(page.getByRole('dialog', { name: 'Réglages' })).toBeVisible();
    expect(await findings(page), 'settings').toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('F1');
    await expect(page.getByRole('dialog', { name: 'Aide et raccourcis' })).toBeVisible();
    expect(await findings(page), 'help').toEqual([]);
  });
}
