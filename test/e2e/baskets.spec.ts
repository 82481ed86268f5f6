import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findings } from '#test/support/axe.ts';
import { temporaryFolder as folder } from '#test/support/electron.ts';
import { BasketsPage } from './pages/baskets-page.ts';
import { expect, test } from './pages/fixtures.ts';

/** Of what breaks the quantity of a line, what its owner reads. */
const BAD_QUANTITIES = [
  ['2,5', /pas de décimales/],
  ['-1', /au moins 1/],
  ['1e9', /9\s999 pièces au plus/],
  ['deux', /Écrivez un nombre/],
] as const;

test('a basket is made, filled by completion, and counted', async ({ signedIn }) => {
  const { page, frame } = await signedIn('garage');
  await frame.go('Paniers');
  const baskets = new BasketsPage(page);
  await baskets.create('Freins avant');
  await expect(baskets.adder).toBeFocused();
  await expect(baskets.editor).toContainText('Ce panier est vide');

  const first = await baskets.addByCompletion('plaquettes');
  await expect(baskets.lines).toHaveCount(1);
  await expect(baskets.adder).toBeFocused();
  await expect(baskets.adder).toHaveValue('');
  await baskets.addByCompletion('disques');
  await expect(baskets.lines).toHaveCount(2);

  const quantity = baskets.quantityOf(first);
  await quantity.fill('4');
  await quantity.press('Enter');
  await expect(baskets.totals).toContainText('2 lignes · 5 pièces');
  await expect(baskets.quantities.nth(1)).toBeFocused();
  await expect(baskets.row('Freins avant')).toContainText('5 pièces');

  await baskets.addByHand('XYZ-1', 'ACME', 'Pièce introuvable');
  await expect(baskets.lines).toHaveCount(3);
  await expect(baskets.totals).toContainText('1 ligne sans prix, non comptée');
});

test('quantities that cannot be say at once what is wrong, and change nothing', async ({ signedIn }) => {
  const { page, frame } = await signedIn('garage');
  await frame.go('Paniers');
  const baskets = new BasketsPage(page);
  await baskets.create('Quantités');
  await baskets.addByCompletion('filtre');
  const [quantity] = [baskets.quantities.first()];
  for (const [text, words] of BAD_QUANTITIES) {
    await quantity.fill(text);
    await expect(baskets.editor.getByRole('alert')).toHaveText(words);
    await expect(quantity).toHaveAttribute('aria-invalid', 'true');
  }
  await quantity.press('Enter');
  await expect(baskets.totals).toContainText('1 ligne · 1 pièce');
  await quantity.press('Escape');
  await expect(quantity).toHaveValue('1');

  await quantity.press('ArrowUp');
  await quantity.press('ArrowUp');
  await expect(baskets.totals).toContainText('1 ligne · 3 pièces');

  await quantity.fill('0');
  await expect(baskets.editor.getByRole('alert')).toContainText('retirer la ligne');
  await quantity.press('Enter');
  await expect(baskets.lines).toHaveCount(0);
});

test('a removed line comes back with one click, and lines are moved by key', async ({ signedIn }) => {
  const { page, frame } = await signedIn('garage');
  await frame.go('Paniers');
  const baskets = new BasketsPage(page);
  await baskets.create('Ordre');
  const a = await baskets.addByCompletion('plaquettes');
  await expect(baskets.lines).toHaveCount(1);
  const b = await baskets.addByCompletion('filtre à huile');
  await expect(baskets.lines).toHaveCount(2);
  await expect.poll(() => baskets.names()).toEqual([a, b]);

  await baskets.quantityOf(b).press('Alt+ArrowUp');
  await expect.poll(() => baskets.names()).toEqual([b, a]);
  await expect(baskets.quantityOf(b)).toBeFocused();

  await baskets.editor.getByRole('button', { name: `Retirer ${b}` }).click();
  await expect.poll(() => baskets.names()).toEqual([a]);
  await frame.toasts.getByRole('button', { name: 'Annuler' }).click();
  await expect.poll(() => baskets.names()).toEqual([b, a]);
});

test('Enter before the list has caught up takes the part that was marked', async ({ signedIn }) => {
  const { page, frame } = await signedIn('garage');
  await frame.go('Paniers');
  const baskets = new BasketsPage(page);
  await baskets.create('Vite');
  await baskets.adder.fill('plaquette');
  await baskets.suggested();
  const marked = await baskets.suggestions.first().locator('.name').textContent();
  // A letter and Enter in one go: no answer comes between them, however fast the engine is.
  await baskets.adder.evaluate((field) => {
    (field as HTMLInputElement).value += 's';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  });
  await expect(baskets.lines).toHaveCount(1);
  expect(await baskets.names()).toEqual([marked?.trim()]);
});

test('a pasted list is looked over before it is added', async ({ signedIn }) => {
  const { page, frame } = await signedIn('garage');
  await frame.go('Paniers');
  const baskets = new BasketsPage(page);
  await baskets.create('Liste');
  await baskets.adder.fill('filtre');
  await baskets.suggested();
  const parts = await page.evaluate(() =>
    window.oscaro.calls['baskets.suggest']({ text: 'filtre', limit: 2 }),
  );
  const [one, two] = parts.ok ? parts.value.map(({ part }) => part) : [];
  await baskets.paste(`${one?.reference};2\n${two?.reference};2,5\nINCONNUE-9;3`);

  const dialog = page.getByRole('dialog', { name: 'Liste collée' });
  await expect(dialog).toContainText(one?.name ?? '');
  await expect(dialog).toContainText('2 lignes incomplètes ne seront pas ajoutées');
  await dialog.getByLabel('Marque de INCONNUE-9').fill('ACME');
  await dialog.getByLabel('Nom de INCONNUE-9').fill('Joint spécial');
  await dialog.getByRole('button', { name: 'Ajouter 2 lignes' }).click();
  await expect(baskets.lines).toHaveCount(2);
  await expect(baskets.quantityOf(one?.name ?? '')).toHaveValue('2');
  await expect(baskets.quantityOf('Joint spécial')).toHaveValue('3');
});

test('baskets are duplicated, merged, made templates and used again', async ({ signedIn }) => {
  const { page, frame } = await signedIn('garage');
  await frame.go('Paniers');
  const baskets = new BasketsPage(page);
  await baskets.create('Original');
  const part = await baskets.addByCompletion('plaquettes');
  await expect(baskets.lines).toHaveCount(1);

  await baskets.choose('Dupliquer');
  const name = baskets.editor.getByRole('textbox', { name: 'Nom du panier' });
  await expect(name).toHaveValue('Original (copie)');
  await name.fill('Double');
  await name.press('Enter');
  await expect(baskets.named('Double')).toBeVisible();

  await baskets.choose('Fusionner dans…');
  await page
    .getByRole('dialog', { name: /Fusionner/ })
    .getByRole('button', { name: /^Original/ })
    .click();
  await expect(baskets.named('Original')).toBeVisible();
  await expect(baskets.quantityOf(part)).toHaveValue('2');
  await expect(baskets.row('Double')).toHaveCount(0);
  await frame.toasts
    .locator('.toast')
    .filter({ hasText: 'fusionné' })
    .getByRole('button', { name: 'Annuler' })
    .click();
  await expect(baskets.quantityOf(part)).toHaveValue('1');
  await expect(baskets.row('Double')).toHaveCount(1);

  await baskets.choose('En faire un modèle');
  await expect(page.getByRole('radio', { name: 'Modèles' })).toBeChecked();
  await baskets.editor.getByRole('button', { name: 'Utiliser ce modèle…' }).click();
  const dialog = page.getByRole('dialog', { name: /Utiliser/ });
  const vehicle = dialog.getByRole('option').nth(1);
  const plate = (await vehicle.locator('.plate').textContent()) ?? '';
  await vehicle.click();
  await expect(baskets.named(`Original · ${plate}`)).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Paniers', exact: true })).toBeChecked();
  await expect(baskets.lines).toHaveCount(1);
});

test('deleting asks nothing, can be undone, and keeps the basket in the bin', async ({ signedIn }) => {
  const { page, frame } = await signedIn('garage');
  await frame.go('Paniers');
  const baskets = new BasketsPage(page);
  await baskets.create('À jeter');
  await baskets.row('À jeter').click();
  await baskets.list.focus();
  await page.keyboard.press('F2');
  const name = baskets.editor.getByRole('textbox', { name: 'Nom du panier' });
  await expect(name).toBeFocused();
  await name.fill('À jeter vite');
  await name.press('Enter');
  await expect(baskets.row('À jeter vite')).toBeVisible();

  await baskets.list.focus();
  await page.keyboard.press('Delete');
  await expect(baskets.row('À jeter vite')).toHaveCount(0);
  await frame.toasts.getByRole('button', { name: 'Annuler' }).click();
  await expect(baskets.row('À jeter vite')).toBeVisible();

  await baskets.row('À jeter vite').click();
  await baskets.list.focus();
  await page.keyboard.press('Delete');
  await expect(baskets.row('À jeter vite')).toHaveCount(0);
  await baskets.turnTo('Corbeille');
  await baskets.row('À jeter vite').click();
  await expect(baskets.editor).toContainText('Dans la corbeille depuis');
  await expect(baskets.quantities).toHaveCount(0);
  await baskets.editor.getByRole('button', { name: 'Restaurer' }).click();
  await expect(page.getByRole('radio', { name: 'Paniers', exact: true })).toBeChecked();
  await expect(baskets.named('À jeter vite')).toBeVisible();
});

test('what is changed without a network is kept, marked, and there after a restart', async ({
  signedIn,
  launch,
}) => {
  const online = await signedIn('garage', { userData: await folder() });
  await online.close();

  const nowhere = { userData: online.userData, serviceUrl: 'http://127.0.0.1:9' };
  const offline = await launch(nowhere);
  await offline.page.keyboard.press('Control+4');
  const baskets = new BasketsPage(offline.page);
  await baskets.create('Hors ligne');
  const part = await baskets.addByCompletion('plaquettes');
  await expect(baskets.lines).toHaveCount(1);
  await baskets.quantityOf(part).fill('7');
  await baskets.quantityOf(part).press('Enter');
  await expect(baskets.lines.first()).toContainText('pas encore envoyé');
  await expect(baskets.row('Hors ligne')).toContainText('pas encore envoyé');
  const refresh = baskets.editor.getByRole('button', { name: 'Actualiser les prix' });
  await expect(refresh).toHaveAttribute('aria-disabled', 'true');
  await expect(refresh).toHaveAccessibleDescription(/^Attend /);
  await offline.close();

  const again = await launch(nowhere);
  const found = new BasketsPage(again.page);
  await expect(found.named('Hors ligne')).toBeVisible();
  await expect(found.quantityOf(part)).toHaveValue('7');
  await expect(found.lines.first()).toContainText('pas encore envoyé');
});

test('prices are asked of the shop, and what changed is shown until it was read', async ({ signedIn }) => {
  const { page, frame } = await signedIn('garage');
  await frame.go('Paniers');
  const baskets = new BasketsPage(page);
  await baskets.create('Prix');
  await baskets.addByCompletion('plaquettes');
  await baskets.addByHand('XYZ-2', 'ACME', 'Pièce introuvable');
  await expect(baskets.lines).toHaveCount(2);
  await baskets.editor.getByRole('button', { name: 'Actualiser les prix' }).click();
  const news = baskets.editor.getByRole('region', { name: 'Prix actualisés' });
  await expect(news).toContainText('2 pièces vérifiées');
  await expect(news.getByRole('listitem').filter({ hasText: 'Pièce introuvable' })).toContainText(
    'N’est plus vendue',
  );
  await news.getByRole('button', { name: 'Fermer' }).click();
  await expect(news).toHaveCount(0);
});

test('a basket is shared as text, as CSV and on paper', async ({ signedIn, saveDir }) => {
  const { app, page, frame } = await signedIn('garage');
  await frame.go('Paniers');
  const baskets = new BasketsPage(page);
  await baskets.create('À partager');
  const part = await baskets.addByCompletion('plaquettes');
  await expect(baskets.lines).toHaveCount(1);
  const share = async (item: string): Promise<void> => {
    await baskets.editor.getByRole('button', { name: 'Partager', exact: true }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };

  await share('Copier en texte');
  const copied = (): Promise<string> => app.evaluate(({ clipboard }) => clipboard.readText());
  await expect.poll(copied).toContain('À partager');
  expect(await copied()).toMatch(new RegExp(`^1 × .+ · ${part} · .+ HT$`, 'm'));

  await share('Enregistrer en CSV…');
  await expect(frame.toasts).toContainText('1 élément');
  const [file] = readdirSync(saveDir);
  expect(readFileSync(join(saveDir, file ?? ''), 'utf8')).toContain(part);

  const sheet = page.getByRole('region', { name: 'Panier À partager' });
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await expect(sheet.getByRole('row')).toHaveCount(2);
  await expect(sheet).toContainText(part);
  await expect(sheet).toContainText('Total TTC');
  await expect(page.getByRole('button')).toHaveCount(0);
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(sheet).toHaveCount(0);
  await page.emulateMedia({ media: null });

  const sheets = await app.evaluate(async ({ BrowserWindow }) => {
    const pdf = await BrowserWindow.getAllWindows()[0]!.webContents.printToPDF({ pageSize: 'A4' });
    return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length;
  });
  expect(sheets).toBe(1);
});

test('a basket of thousands of lines draws only those in view', async ({ signedIn }) => {
  const { page, frame } = await signedIn('garage');
  await frame.go('Paniers');
  const baskets = new BasketsPage(page);
  await baskets.create('Énorme');
  const answers = await page.evaluate(async () => {
    const list = await window.oscaro.calls['baskets.list'](undefined);
    const id = list.ok ? list.value.baskets.find(({ name }) => name === 'Énorme')?.id : undefined;
    const made: boolean[] = [];
    for (let batch = 0; batch < 10; batch += 1) {
      const lines = Array.from({ length: 200 }, (_, i) => ({
        part: { reference: `R${batch}-${i}`, brand: 'ACME', name: `Pièce ${batch * 200 + i + 1}` },
        quantity: 1,
      }));
      const answer = await window.oscaro.calls['changes.make']({
        name: 'basket.addLines',
        args: { basketId: id, lines },
      });
      made.push(answer.ok && answer.value.made);
    }
    return made;
  });
  expect(answers).toEqual(Array.from({ length: 10 }, () => true));
  await expect(baskets.totals).toContainText(/2\s000 lignes/);
  expect(await baskets.lines.count()).toBeLessThan(60);

  await baskets.quantities.first().focus();
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('Enter');
  await expect(baskets.quantityOf('Pièce 4')).toBeFocused();
  const before = await baskets.names();
  await page.locator('.detail').evaluate((pane) => {
    pane.scrollTop = pane.scrollHeight;
  });
  await expect(baskets.quantityOf('Pièce 2000')).toBeInViewport();
  await expect(baskets.quantityOf('Pièce 4')).toBeFocused();
  expect(before).not.toContain('Pièce 2000');
  expect(await baskets.lines.count()).toBeLessThan(60);
});

for (const theme of ['light', 'dark'] as const) {
  test(`nothing about baskets has a fault that axe can find, ${theme}`, async ({ signedIn }) => {
    test.setTimeout(240_000);
    const { page, frame } = await signedIn('garage');
    await page.evaluate((wanted) => window.oscaro.calls['settings.set']({ theme: wanted }), theme);
    await frame.go('Paniers');
    const baskets = new BasketsPage(page);
    await baskets
      .row(/\d lignes/)
      .first()
      .click();
    await expect(baskets.lines.first()).toBeVisible();
    expect(await findings(page), 'list and editor').toEqual([]);

    await page.getByRole('button', { name: 'Nouveau panier' }).click();
    expect(await findings(page), 'new basket').toEqual([]);
    await page.keyboard.press('Escape');
    await baskets.adder.fill('plaquettes');
    await baskets.suggested();
    expect(await findings(page), 'completion').toEqual([]);
    await baskets.suggestions.filter({ hasText: 'à la main' }).click();
    await page
      .getByRole('form', { name: /à la main/ })
      .getByRole('button', { name: 'Ajouter' })
      .click();
    expect(await findings(page), 'by hand, with faults').toEqual([]);
    await page.keyboard.press('Escape');
    await baskets.quantities.first().fill('0');
    await expect(baskets.editor.getByRole('alert')).toBeVisible();
    expect(await findings(page), 'a quantity of none').toEqual([]);
    await page.keyboard.press('Escape');
    await baskets.editor.getByRole('button', { name: 'Actualiser les prix' }).click();
    await expect(baskets.editor.getByRole('region', { name: 'Prix actualisés' })).toBeVisible();
    expect(await findings(page), 'prices').toEqual([]);
    await baskets.paste('INCONNUE-1;2,5');
    await expect(page.getByLabel('Marque de INCONNUE-1')).toBeVisible();
    expect(await findings(page), 'pasted list').toEqual([]);
    await page.keyboard.press('Escape');
    await baskets.choose('Fusionner dans…');
    await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
    expect(await findings(page), 'merge').toEqual([]);
    await page.keyboard.press('Escape');
    await baskets.turnTo('Modèles');
    await baskets.editor.getByRole('button', { name: 'Utiliser ce modèle…' }).click();
    await expect(page.getByRole('dialog').getByRole('option').first()).toBeVisible();
    expect(await findings(page), 'template').toEqual([]);
    await page.keyboard.press('Escape');
    await baskets.turnTo('Corbeille');
    await expect(baskets.editor).toContainText('Dans la corbeille');
    expect(await findings(page), 'bin').toEqual([]);
  });
}
