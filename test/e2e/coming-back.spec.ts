import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '#test/support/electron.ts';
import { BasketsPage } from './pages/baskets-page.ts';
import { expect, test } from './pages/devices.ts';
import { VehiclesPage } from './pages/vehicles-page.ts';

/** What a screen keeps outlives it: whoever comes back finds it working, not only looking, as before. */

test('the vehicles filter and import as before when the screen is shown again', async ({ signedIn }) => {
  const file = join(await temporaryFolder(), 'parc.csv');
  writeFileSync(file, 'Immatriculation;Marque;Modèle\nGG-111-AA;Citroën;C3\n');
  const { page, frame } = await signedIn('garage', { env: { OSCARO_TEST_OPEN_FILE: file } });
  const vehicles = new VehiclesPage(page);
  await frame.go('Véhicules');
  await expect(vehicles.rows.nth(2)).toBeVisible();
  await frame.go('Accueil');
  await frame.go('Véhicules');
  await vehicles.search.fill('aucun véhicule de ce nom');
  await expect(vehicles.rows).toHaveCount(0);
  await vehicles.search.fill('');
  await expect(vehicles.rows.nth(2)).toBeVisible();
  await vehicles.import();
  await expect(page.getByText('Rien n’est encore changé.')).toBeVisible();
});

test('the baskets filter and turn to another list as before when the screen is shown again', async ({
  signedIn,
}) => {
  const { page, frame } = await signedIn('garage');
  const baskets = new BasketsPage(page);
  await frame.go('Paniers');
  await expect(baskets.rows.nth(1)).toBeVisible();
  await frame.go('Accueil');
  await frame.go('Paniers');
  await page.getByRole('textbox', { name: 'Nom ou véhicule…' }).fill('aucun panier de ce nom');
  await expect(baskets.rows).toHaveCount(0);
  await page.getByRole('textbox', { name: 'Nom ou véhicule…' }).fill('');
  await expect(baskets.rows.nth(1)).toBeVisible();
  await baskets.turnTo('Corbeille');
  await expect(baskets.row('Commande de la semaine')).toHaveCount(0);
});

test('a basket is begun in a narrow window although another one covers the list', async ({ signedIn }) => {
  const { app, page, frame } = await signedIn('garage');
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(1000, 700);
  });
  const baskets = new BasketsPage(page);
  await frame.go('Paniers');
  await baskets.rows.first().click();
  await expect(baskets.lines.first()).toBeVisible();
  await baskets.create('Au-dessus');
  await expect(baskets.adder).toBeFocused();
});

test('a try to synchronise offline is no error, and what it told is gone once the network is back', async ({
  device,
  network,
}) => {
  const { page, frame } = await device({ serviceUrl: network.url });
  network.cut();
  await page.keyboard.press('Control+r');
  const note = frame.toasts.locator('.toast').filter({ hasText: 'Pas de réponse du réseau.' });
  await expect(note).toContainText('Tout reste consultable.');
  await expect(note).toHaveClass(/info/);
  network.back();
  await page.keyboard.press('Control+r');
  await expect(frame.toasts.locator('.toast').filter({ hasText: 'À jour' })).toBeVisible();
  await expect(note).toHaveCount(0);
});
