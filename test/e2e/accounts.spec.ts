import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { temporaryFolder } from '#test/support/electron.ts';
import { chooseMenuItem } from '#test/support/main-process.ts';
import { BasketsPage } from './pages/baskets-page.ts';
import { expect, test } from './pages/devices.ts';
import { Frame } from './pages/frame.ts';
import { OrdersPage } from './pages/orders-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';

const GARAGE = /^Garage Morel/;
const CAMILLE = /^Camille/;

/** Adds the private account to the garage's, which stays. */
async function addCamille(page: Page): Promise<void> {
  const frame = new Frame(page);
  await frame.openAccountMenu('Ajouter un compte…');
  const dialog = frame.dialog('Ajouter un compte');
  await dialog.getByRole('button', { name: /Un particulier/ }).click();
  await expect(frame.title(/^Bonjour,? Camille/)).toBeVisible();
  await frame.upToDate();
}

const radio = (page: Page, name: RegExp) => page.getByRole('menuitemradio', { name });

async function switchTo(page: Page, name: RegExp): Promise<void> {
  await page.keyboard.press('Control+Shift+a');
  await radio(page, name).click();
  await expect(page.getByRole('navigation').getByRole('button', { name: /^Compte de/ })).toContainText(
    name.source.slice(1),
  );
}

test('a second account is added beside the first, and one key leads from one to the other', async ({
  device,
}) => {
  const { page, frame, orders } = await device();
  await frame.go('Commandes');
  const count = await orders.count();
  await addCamille(page);
  await frame.go('Commandes');
  await orders.expectCount((other) => other > 0 && other < count);

  await page.keyboard.press('Control+Shift+a');
  await expect(radio(page, CAMILLE)).toBeChecked();
  await expect(radio(page, GARAGE)).not.toBeChecked();
  await expect(radio(page, GARAGE)).toBeFocused();
  await page.keyboard.press('Enter');
  // Each account comes back to the screen where it was left.
  await expect(frame.title('Commandes')).toBeVisible();
  await orders.expectCount((other) => other === count);
});

test('accounts change at once without a network, and the last one is shown after a restart', async ({
  device,
  network,
  launch,
}) => {
  const first = await device({ serviceUrl: network.url, userData: await temporaryFolder() });
  const { page, frame } = first;
  await addCamille(page);
  network.cut();
  await switchTo(page, GARAGE);
  await expect(frame.title(/^Bonjour,? Garage Morel/)).toBeVisible();
  await frame.go('Commandes');
  await expect(new OrdersPage(page).rows.first()).toBeVisible();
  await first.close();
  const again = await launch({ userData: first.userData, serviceUrl: network.url });
  await expect(new Frame(again.page).title('Commandes')).toBeVisible();
  await expect(again.page.getByRole('navigation')).toContainText('Garage Morel');
});

test('what one account has not sent waits there, and the other shows nothing of it', async ({
  device,
  network,
}) => {
  const { page, frame, app } = await device({ serviceUrl: network.url });
  await addCamille(page);
  network.cut();
  await frame.go('Paniers');
  const baskets = new BasketsPage(page);
  await baskets.create('Seulement Camille');
  await page.keyboard.press('Escape');
  await switchTo(page, GARAGE);
  await frame.go('Paniers');
  await expect(baskets.rows.first()).toBeVisible();
  await expect(baskets.row('Seulement Camille')).toHaveCount(0);
  await expect(frame.toasts.getByRole('button', { name: 'Annuler' })).toHaveCount(0);
  // The undo key takes back nothing that the other account did.
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+Shift+a');
  await expect(radio(page, CAMILLE)).toContainText('1 modification sur cet ordinateur seulement');
  await page.keyboard.press('Escape');
  network.back();
  await chooseMenuItem(app, 'sync_now');
  await frame.upToDate();
  await switchTo(page, CAMILLE);
  await frame.upToDate();
  await frame.go('Paniers');
  await expect(baskets.row('Seulement Camille')).toBeVisible();
});

test('signing out of one keeps its changes for the next sign-in, and shows the other', async ({
  device,
  network,
}) => {
  const { page, frame } = await device({ serviceUrl: network.url });
  await addCamille(page);
  network.cut();
  await frame.go('Paniers');
  const baskets = new BasketsPage(page);
  await baskets.create('Gardé pour plus tard');
  await frame.openAccountMenu('Se déconnecter');
  await frame
    .dialog('Se déconnecter ?')
    .getByRole('button', { name: 'Les garder et se déconnecter' })
    .click();
  await expect(page.getByRole('navigation')).toContainText('Garage Morel');
  await page.keyboard.press('Control+Shift+a');
  await expect(radio(page, CAMILLE)).toHaveCount(0);
  await page.keyboard.press('Escape');
  network.back();
  await addCamille(page);
  await frame.go('Paniers');
  await expect(baskets.row('Gardé pour plus tard')).toBeVisible();
});

test('a file that was asked for under one account is not written from another', async ({ device }) => {
  const { page } = await device();
  const answers = await page.evaluate(async () => {
    const other = '0192b1c4-7d3e-7a55-8c1d-000000000001';
    const { calls } = window.oscaro;
    return Promise.all([
      calls['orders.saveCsv']({}, other),
      calls['changes.make']({ name: 'basket.create', args: {} }, other),
      calls['orders.summary']({}, other),
    ]);
  });
  for (const answer of answers) expect(answer).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
});

test('after the last account the sign-in screen comes', async ({ device }) => {
  const { page, frame } = await device();
  await frame.openAccountMenu('Se déconnecter');
  await frame.dialog('Se déconnecter ?').getByRole('button', { name: 'Se déconnecter' }).click();
  await expect(new SignInPage(page).email).toBeVisible();
});

test('erasing this computer says what each account loses, and leaves nothing on it', async ({
  device,
  network,
}) => {
  const { page, frame, userData } = await device({ serviceUrl: network.url });
  await addCamille(page);
  network.cut();
  await frame.go('Paniers');
  await new BasketsPage(page).create('Perdu exprès');
  await page.keyboard.press('Control+,');
  await frame.dialog('Réglages').getByRole('button', { name: 'Effacer cet ordinateur…' }).click();
  const dialog = frame.dialog('Effacer cet ordinateur ?');
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Camille' })).toContainText(
    '1 modification n’est que sur cet ordinateur',
  );
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Garage Morel' })).toContainText(
    'aussi dans le compte',
  );
  await dialog.getByRole('button', { name: 'Tout effacer' }).click();
  await expect(new SignInPage(page).email).toBeVisible();
  expect(readdirSync(join(userData, 'accounts', 'accounts'))).toEqual([]);
  expect(readFileSync(join(userData, 'accounts', 'accounts.json'), 'utf8')).not.toContain('@');
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
});
