import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findings } from '#test/support/axe.ts';
import { temporaryFolder as folder, type LaunchOptions } from '#test/support/electron.ts';
import { expect, test as base } from './pages/fixtures.ts';
import { VehiclesPage } from './pages/vehicles-page.ts';

/** No service answers there. */
const NOWHERE = 'http://127.0.0.1:9';

const test = base.extend<{
  open: (
    kind?: 'garage' | 'private',
    options?: LaunchOptions,
  ) => Promise<
    Awaited<ReturnType<Parameters<Parameters<typeof base>[2]>[0]['signedIn']>> & { vehicles: VehiclesPage }
  >;
}>({
  /** Signed in, on the vehicles screen, everything read. */
  open: async ({ signedIn }, use) => {
    await use(async (kind = 'garage', options = {}) => {
      const running = await signedIn(kind, options);
      await running.frame.go('Véhicules');
      const vehicles = new VehiclesPage(running.page);
      await expect(vehicles.rows.first()).toBeVisible();
      return { ...running, vehicles };
    });
  },
});

test('a vehicle is added, plate first, and its file is shown', async ({ open }) => {
  const { page, frame, vehicles } = await open();
  const before = await vehicles.count();
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
  const dialog = frame.dialog('Ajouter un véhicule');
  const plate = dialog.getByRole('textbox', { name: 'Immatriculation' });
  await expect(plate).toBeFocused();
  await page.keyboard.type('zz987xy');
  await expect(plate).toHaveValue('ZZ-987-XY');

  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('textbox', { name: 'Marque' })).toBeFocused();
  await expect(dialog.getByText('Ce champ ne peut pas rester vide.')).toHaveCount(2);
  await page.keyboard.type('Renault');
  await dialog.getByRole('textbox', { name: 'Modèle' }).fill('Zoé');
  await dialog.getByRole('textbox', { name: 'Client' }).fill('Mme Lagrange');
  await dialog.getByRole('textbox', { name: 'Kilométrage aujourd’hui' }).fill('42 000');
  await page.keyboard.press('Enter');

  await expect(dialog).toHaveCount(0);
  await expect(vehicles.file.getByRole('heading', { level: 2 })).toHaveText('Renault Zoé');
  await expect(vehicles.selected).toContainText('ZZ-987-XY');
  await expect(vehicles.selected).toContainText('Mme Lagrange');
  await expect(vehicles.selected).toContainText(/42.000 km/);
  await vehicles.expectCount(before + 1);
  // Online, it is sent at once.
  await expect(vehicles.file.getByText('Pas encore envoyé')).toHaveCount(0);
});

test('a plate that is there already is told, with the way to its vehicle', async ({ open }) => {
  const { page, frame, vehicles } = await open();
  const plate = (await vehicles.rows.nth(3).locator('.plate .plate').textContent()) ?? '';
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
  const dialog = frame.dialog('Ajouter un véhicule');
  await dialog
    .getByRole('textbox', { name: 'Immatriculation' })
    .fill(plate.toLowerCase().replace(/[- ]/g, ''));
  await dialog.getByRole('button', { name: 'Voir ce véhicule' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(vehicles.selected).toHaveAttribute('aria-posinset', '4');
  await expect(vehicles.fact('Immatriculation')).toContainText(plate);
});

test('facts are changed in place, checked while typed, and taken back', async ({ open }) => {
  const { page, vehicles } = await open();
  await vehicles.openRow(1);
  const engine = (await vehicles.fact('Motorisation').locator('.text').textContent()) ?? '';
  await vehicles.edit('Motorisation', 'E-Tech 140');
  await expect(vehicles.fact('Motorisation')).toContainText('E-Tech 140');
  await expect(vehicles.selected).toContainText('E-Tech 140');
  await page.keyboard.press('Control+z');
  await expect(vehicles.fact('Motorisation')).toContainText(engine);

  const vin = (await vehicles.fact('VIN').locator('.number').textContent()) ?? '';
  await vehicles.fact('VIN').click();
  const field = vehicles.field('VIN');
  await field.fill('vf1bo0');
  await expect(field).toHaveValue('VF1BO0');
  await expect(vehicles.file.getByText(/«.O.» en position 5.*Serait-ce 0/)).toBeVisible();
  await field.press('Enter');
  await expect(field, 'it is not kept like that').toBeVisible();
  await field.fill('1M8GDM9A0KP042788');
  await expect(vehicles.file.getByText(/Le chiffre de contrôle .* ne correspond pas/)).toBeVisible();
  await field.press('Escape');
  await expect(vehicles.fact('VIN')).toContainText(vin);
  await vehicles.edit('VIN', '1M8GDM9A0KP042788');
  await expect(vehicles.file.getByText(/vérifiez ce numéro sur le véhicule/)).toBeVisible();
});

test('mileage is recorded; a lower reading is warned of, not refused', async ({ open }) => {
  const { page, frame, vehicles } = await open();
  await vehicles.openRow(2);
  const before = await vehicles.readings.count();
  await vehicles.file.getByRole('button', { name: 'Relever le kilométrage' }).click();
  await expect(vehicles.file.getByRole('textbox', { name: 'Kilomètres' })).toBeFocused();

  await vehicles.record('2005-05-05', 'douze');
  await expect(vehicles.file.getByText(/Un nombre de kilomètres/)).toBeVisible();
  await vehicles.record('2005-05-05', '4 999 999');
  await expect(vehicles.file.getByText(/le compteur n’était qu’à/)).toBeVisible();
  await vehicles.keepReading.click();
  await expect(frame.toasts).toContainText(/Relevé enregistré/);
  await expect(vehicles.region('Kilométrage')).toContainText(`${before + 1} relevés`);

  const all = vehicles.file.getByRole('button', { name: /^Voir les \d+ relevés/ });
  if (await all.isVisible()) await all.click();
  await vehicles.file.getByRole('button', { name: 'Supprimer le relevé du 5 mai 2005' }).click();
  await expect(vehicles.region('Kilométrage')).toContainText(`${before} relevés`);
  await frame.toasts.getByRole('button', { name: 'Annuler' }).last().click();
  await expect(vehicles.region('Kilométrage')).toContainText(`${before + 1} relevés`);
  await expect(page.getByRole('rowheader', { name: /5 mai 2005/ })).toBeVisible();
});

test('a vehicle is retired with one key, and comes back with one click', async ({ open }) => {
  const { page, frame, vehicles } = await open();
  const before = await vehicles.count();
  await vehicles.list.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect(vehicles.selected).toHaveAttribute('aria-posinset', '2');
  const label = (await vehicles.selected.locator('.plate .plate').textContent()) ?? '';
  await page.keyboard.press('Delete');
  await vehicles.expectCount(before - 1);
  await expect(frame.toasts).toContainText(`${label} est retiré.`);
  await expect(vehicles.selected, 'the next one is chosen').toHaveAttribute('aria-posinset', '2');
  await expect(vehicles.selected).not.toContainText(label);

  await vehicles.showRetired(true);
  await expect(vehicles.rows.filter({ hasText: label })).toBeVisible();
  await vehicles.rows.filter({ hasText: label }).click();
  await expect(vehicles.file.getByText(/^Retiré le/)).toBeVisible();
  await frame.toasts.getByRole('button', { name: 'Annuler' }).click();
  await vehicles.showRetired(false);
  await vehicles.expectCount(before);
  await expect(vehicles.rows.filter({ hasText: label })).toBeVisible();
});

test('a list without vehicles in use says where they are', async ({ open }) => {
  const { page, frame, vehicles } = await open('private');
  const all = await vehicles.count();
  await vehicles.list.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect(page.getByText('Aucun véhicule en service', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Voir les retirés' }).click();
  await vehicles.expectCount(all);
  await frame.toasts.getByRole('button', { name: 'Annuler' }).click();
  await expect(page.getByText('Aucun véhicule retiré', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Voir ceux en service' }).click();
  await vehicles.expectCount(all);
});

test('every word is searched, without accents or separators; nothing found says what to do', async ({
  open,
}) => {
  const { page, vehicles } = await open();
  await vehicles.rows.nth(4).click();
  await vehicles.edit('Client', 'Hélène Étienne-Nguyễn');
  await expect(vehicles.selected).toContainText('Hélène');
  const plate = (await vehicles.selected.locator('.plate .plate').textContent()) ?? '';
  await vehicles.search.fill('etienne nguyen helene');
  await vehicles.expectCount(1);
  await vehicles.search.fill(plate.replace(/[- ]/g, '').toLowerCase());
  await vehicles.expectCount(1);
  await vehicles.search.fill('nobody drives this');
  await expect(page.getByText('Aucun véhicule ne correspond.')).toBeVisible();
  await page.getByRole('button', { name: 'Effacer les filtres' }).click();
  await expect(vehicles.rows.first()).toBeVisible();
});

test('the orders of a vehicle are one click away', async ({ open }) => {
  const { page, frame, vehicles } = await open();
  await vehicles.rows.first().click();
  const plate = (await vehicles.selected.locator('.plate .plate').textContent()) ?? '';
  await vehicles.file.getByRole('button', { name: 'Voir ses commandes' }).click();
  await expect(frame.title('Commandes')).toBeVisible();
  await expect(page.getByRole('button', { name: new RegExp(`^Véhicule.*${plate}`) })).toBeVisible();
});

test('a file of a spreadsheet is looked at first, then imported', async ({ open }) => {
  const file = join(await folder(), 'parc.csv');
  const { page, vehicles } = await open('garage', { env: { OSCARO_TEST_OPEN_FILE: file } });
  const before = await vehicles.count();
  await vehicles.rows.nth(5).click();
  const known = (await vehicles.selected.locator('.plate .plate').textContent()) ?? '';
  const lines = [
    'Immatriculation;Marque;Modèle;Client;Kilométrage;Date relevé;VIN;Code interne',
    'GG-111-AA;Citroën;C3 Aircross;Hélène Müller;45 000;12/10/2026;;A1',
    'gg222bb;Peugeot;e-208;Garage de l’Étoile;12 000;;;A2',
    `${known};;;Nouveau propriétaire;;;;A3`,
    'GG-333-CC;Škoda;Fabia;;;31/02/2026;VF1BO000123456789;A4',
    'GG-111-AA;Citroën;C3;;;;;A5',
  ];
  writeFileSync(file, windows1252(`${lines.join('\r\n')}\r\n`));

  await vehicles.import();
  await expect(page.getByText('Rien n’est encore changé.')).toBeVisible();
  const found = page.getByRole('region', { name: 'Fichier choisi' });
  await expect(found).toContainText('parc.csv');
  await expect(found).toContainText('Windows-1252, colonnes séparées par des points-virgules');
  await expect(found).toContainText('Code interne');
  await expect(vehicles.importRows).toHaveCount(5);
  await expect(vehicles.importRows.nth(0)).toContainText('Citroën C3 Aircross');
  await expect(vehicles.importRows.nth(1)).toContainText('GG-222-BB');
  await vehicles.importRows.nth(2).click();
  const detail = page.getByRole('region', { name: 'Ligne 4' });
  await expect(detail.getByRole('row').filter({ hasText: 'Client' })).toContainText('Nouveau propriétaire');

  await vehicles.showVerdict(/^À corriger \(2\)/);
  await expect(vehicles.importRows).toHaveCount(2);
  await expect(page.getByRole('region', { name: 'Ligne 5' })).toContainText(/position 5.*Serait-ce 0/);
  await expect(page.getByRole('region', { name: 'Ligne 5' })).toContainText('31/02/2026');
  await page.keyboard.press('Escape');
  await vehicles.expectCount(before);

  await vehicles.import();
  await page.getByRole('button', { name: 'Importer 3 véhicules' }).click();
  await expect(page.getByText('Import terminé')).toBeVisible();
  await expect(page.getByText('2 véhicules ajoutés')).toBeVisible();
  await expect(page.getByText('1 véhicule modifié')).toBeVisible();
  await expect(page.getByText('2 lignes à corriger, laissées de côté')).toBeVisible();
  await expect(page.getByText(/gardé sur cet ordinateur/)).toBeVisible();
  await page.getByRole('button', { name: 'Voir les véhicules' }).click();
  await vehicles.expectCount(before + 2);
  await vehicles.search.fill('helene muller');
  await expect(vehicles.rows).toHaveCount(1);
  await expect(vehicles.rows.first()).toContainText(/45.000 km/);
});

test('a long import shows how far it is, and says what stays when it is stopped half-way', async ({
  open,
  launch,
}) => {
  test.setTimeout(180_000);
  const ROWS = 30_000;
  const file = join(await folder(), 'grand-parc.csv');
  const rows = Array.from({ length: ROWS }, (_, i) => `WW-${String(i).padStart(5, '0')};Kia;Niro`);
  writeFileSync(file, ['Plaque;Marque;Modèle', ...rows, ''].join('\n'));
  const first = await open('garage', { userData: await folder() });
  const before = await first.vehicles.count();
  await first.close();

  // Without the service: the other tests share its accounts.
  const env = { OSCARO_TEST_OPEN_FILE: file };
  const { page } = await launch({ userData: first.userData, serviceUrl: NOWHERE, env });
  const vehicles = new VehiclesPage(page);
  await vehicles.expectCount(before);
  await vehicles.import();
  await page.getByRole('button', { name: /^Importer 30\s000 véhicules$/ }).click();
  const progress = page.getByRole('status').filter({ hasText: /^[1-9][\d\s]* véhicules sur 30\s000/ });
  await expect(progress).toBeVisible();
  await page.getByRole('button', { name: 'Arrêter' }).click();

  const result = page.getByRole('main').getByRole('region', { name: 'Importer des véhicules' });
  await expect(result).toContainText('Import arrêté ; ce qui était fait reste fait');
  const told = async (what: RegExp): Promise<number> =>
    Number(what.exec((await result.textContent()) ?? '')?.[1]?.replace(/\s/g, ''));
  const added = await told(/fait([\d\s]+) véhicules ajoutés/);
  expect(added).toBeGreaterThan(0);
  expect(await told(/modifiés?([\d\s]+) lignes pas encore importées/)).toBe(ROWS - added);
  await expect(result).toContainText('sera envoyé dès que le service pourra être joint');
  await page.getByRole('button', { name: 'Voir les véhicules' }).click();
  await vehicles.expectCount(before + added);

  await vehicles.import();
  await expect(page.getByRole('button', { name: /^Importer [\d\s]+ véhicules$/ })).toHaveText(
    new RegExp(`Importer ${(ROWS - added).toLocaleString('fr').replace(/\s/, '\\s')} véhicules`),
    // The whole file is looked through again first, on a computer that may be doing other things.
    { timeout: 60_000 },
  );
});

test('a file that is no list of vehicles says so, and changes nothing', async ({ open }) => {
  const file = join(await folder(), 'autre.csv');
  const { page, vehicles } = await open('garage', { env: { OSCARO_TEST_OPEN_FILE: file } });
  writeFileSync(file, 'Article;Prix\r\nFiltre;12,50\r\n');
  await vehicles.import();
  await expect(page.getByText('Il manque une colonne')).toBeVisible();
  await expect(page.getByText(/Aucune colonne ne donne.: Immatriculation/)).toBeVisible();
  writeFileSync(file, Buffer.from('504b0304140000000800', 'hex'));
  await page.getByRole('button', { name: 'Choisir un autre fichier' }).first().click();
  await expect(page.getByRole('alert')).toContainText('classeur');
  await page.getByRole('button', { name: 'Annuler', exact: true }).click();
  await expect(vehicles.rows.first()).toBeVisible();
});

test('the vehicles shown are saved as CSV', async ({ open, saveDir }) => {
  const { page, frame, vehicles } = await open();
  await vehicles.search.fill('renault');
  await expect.poll(() => vehicles.count()).toBeLessThan(35);
  const count = await vehicles.count();
  expect(count).toBeGreaterThan(1);
  await page.getByRole('button', { name: 'Exporter' }).click();
  await expect(frame.toasts).toContainText(`${count} éléments`);
  const [name] = readdirSync(saveDir);
  const lines = readFileSync(join(saveDir, name ?? ''), 'utf8')
    .trim()
    .split('\n');
  expect(lines).toHaveLength(count + 1);
});

test('what was changed without a network is there after a restart, and said to wait', async ({
  open,
  launch,
}) => {
  const first = await open('private', { userData: await folder() });
  await first.close();

  const offline = await launch({ userData: first.userData, serviceUrl: NOWHERE });
  const vehicles = new VehiclesPage(offline.page);
  await vehicles.rows.first().click();
  await vehicles.edit('Notes', 'Courroie à 120 000 km');
  await expect(vehicles.fact('Notes')).toContainText('Courroie à 120 000 km');
  await expect(vehicles.file.getByText('Pas encore envoyé', { exact: true })).toBeVisible();
  await offline.close();

  const again = await launch({ userData: first.userData, serviceUrl: NOWHERE });
  const found = new VehiclesPage(again.page);
  await expect(found.fact('Notes')).toContainText('Courroie à 120 000 km');
  await expect(found.file.getByText('Pas encore envoyé', { exact: true })).toBeVisible();
});

test('where there is no room for both, the file covers the list until Esc', async ({ open }) => {
  const { app, page, vehicles } = await open();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(900, 600));
  await expect(vehicles.file).toHaveCount(0);
  await vehicles.list.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('F2');
  await expect(vehicles.field('Immatriculation')).toBeFocused();
  await expect(vehicles.list).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(vehicles.fact('Immatriculation')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(vehicles.list).toBeVisible();
});

for (const theme of ['light', 'dark'] as const) {
  test(`no part of the screen has a fault that axe can find, ${theme}`, async ({ open }) => {
    test.setTimeout(180_000);
    const csv = join(await folder(), 'parc.csv');
    const { page, frame, vehicles } = await open('garage', { env: { OSCARO_TEST_OPEN_FILE: csv } });
    await page.evaluate((wanted) => window.oscaro.calls['settings.set']({ theme: wanted }), theme);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await vehicles.openRow(1);
    await expect(vehicles.file.getByRole('img', { name: 'Dépenses par mois' })).toBeVisible();
    expect(await findings(page), 'file').toEqual([]);
    await vehicles.fact('VIN').click();
    await vehicles.field('VIN').fill('VF1O');
    await vehicles.record('2005-05-05', '4 999 999');
    expect(await findings(page), 'a fact being typed').toEqual([]);
    await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
    await page.keyboard.type('aa111aa');
    await page.keyboard.press('Enter');
    expect(await findings(page), 'a new vehicle').toEqual([]);
    await page.keyboard.press('Escape');
    await expect(frame.dialog('Ajouter un véhicule')).toHaveCount(0);
    await vehicles.search.fill('nobody drives this');
    await expect(page.getByText('Aucun véhicule ne correspond.')).toBeVisible();
    expect(await findings(page), 'nothing found').toEqual([]);

    // Both themes may be looked at on one account.
    const plate = theme === 'light' ? 'HH-111-AA' : 'HH-111-BB';
    writeFileSync(csv, `Plaque;Marque;Modèle;VIN;Autre\n${plate};Kia;Niro;;x\nHH-222-BB;Kia;;VF1O;y\n`);
    await vehicles.import();
    await vehicles.showVerdict(/^À corriger \(1\)/);
    await expect(page.getByRole('region', { name: 'Ligne 3' })).toContainText('VF1O');
    expect(await findings(page), 'import').toEqual([]);
    await page.getByRole('button', { name: 'Importer 1 véhicule' }).click();
    await expect(page.getByText('Import terminé')).toBeVisible();
    expect(await findings(page), 'import done').toEqual([]);
  });
}

/** How spreadsheets on Windows in Western Europe write text. */
function windows1252(text: string): Buffer {
  const beyondLatin1: Record<string, number> = { '’': 0x92, Š: 0x8a, '€': 0x80 };
  return Buffer.from([...text].map((sign) => beyondLatin1[sign] ?? sign.charCodeAt(0)));
}
