import type { Page } from '@playwright/test';
import { findings } from '#test/support/axe.ts';
import { temporaryFolder } from '#test/support/electron.ts';
import { ChangesPage } from './pages/changes-page.ts';
import { expect, test, type Signed } from './pages/devices.ts';
import { Frame } from './pages/frame.ts';
import { SignInPage } from './pages/sign-in-page.ts';

test.describe.configure({ timeout: 120_000 });

const PENDING = 'Sur cet ordinateur seulement, pas encore envoyé';

/** Opens the newest order in which a word occurs. */
async function openOrder({ frame, orders }: Signed, text: string): Promise<void> {
  await frame.go('Commandes');
  await orders.filterText(text);
  await orders.expectCount((count) => count > 0);
  // The list may still have shown the orders of before the filter.
  await expect(async () => {
    await orders.rows.first().click();
    await expect(orders.detail).toContainText(new RegExp(text.replace(/s$/, ''), 'i'), { timeout: 1000 });
  }).toPass();
}

async function writeNote(page: Page, text: string): Promise<void> {
  const card = page.getByRole('region', { name: 'Note privée' });
  await card.getByRole('button', { name: /^Modifier/ }).click();
  const field = card.getByRole('textbox', { name: 'Note privée' });
  await expect(field).toBeFocused();
  await field.fill(text);
  await field.press('Control+Enter');
  await expect(card).toContainText(text);
}

const note = (page: Page) => page.getByRole('region', { name: 'Note privée' });

test('what is changed without a network is kept over a restart, marked, and sent when the network is back', async ({
  device,
  launch,
  network,
}) => {
  const userData = await temporaryFolder();
  const first = await device({ userData, serviceUrl: network.url });
  network.cut();
  await openOrder(first, 'plaquettes');
  await writeNote(first.page, 'À monter lundi');
  await expect(note(first.page).getByText(PENDING)).toBeAttached();
  await expect(first.orders.selected.getByText(PENDING)).toBeAttached();
  await expect(first.changes.waitingCount).toHaveText('1 modification en attente');
  await first.close();

  const again = await launch({ userData, serviceUrl: network.url });
  const { page } = again;
  const changes = new ChangesPage(page);
  await expect(note(page)).toContainText('À monter lundi');
  await expect(note(page).getByText(PENDING)).toBeAttached();
  await changes.open();
  await expect(changes.waiting.getByRole('listitem')).toHaveCount(1);
  await expect(changes.waiting).toContainText(/Commande .*\s:\snote modifiée/);
  await expect(changes.log.getByRole('row').nth(1)).toBeVisible();

  network.back();
  await expect(changes.nothing).toBeVisible({ timeout: 20_000 });
  await expect(changes.log).toContainText('1 modification envoyée');
  await expect(changes.waitingCount).toHaveCount(0);
  await new Frame(page).go('Commandes');
  await expect(note(page)).toContainText('À monter lundi');
  await expect(note(page).getByText(PENDING)).toHaveCount(0);
});

test('of two values written on two computers, the person chooses which one stays', async ({
  device,
  network,
  service,
}) => {
  test.setTimeout(240_000);
  const here = await device({ serviceUrl: network.url });
  const there = await device({ serviceUrl: service.url });
  const meet = async (order: string, mine: string, theirs: string): Promise<void> => {
    await openOrder(here, order);
    network.cut();
    await writeNote(here.page, mine);
    await openOrder(there, order);
    await writeNote(there.page, theirs);
    await expect(note(there.page).getByText(PENDING)).toHaveCount(0);
    network.back();
    await here.page.keyboard.press('Control+r');
    await here.changes.open();
    await expect(here.changes.toDecide.getByRole('listitem')).toHaveCount(1);
  };

  await meet('disques', 'Pont 1', 'Pont 2');
  await expect(here.changes.entry).toHaveAccessibleName(/1 à décider/);
  const mine = here.changes.side(here.changes.toDecide, 'Votre modification');
  const theirs = here.changes.side(here.changes.toDecide, 'Sur le compte');
  await expect(mine).toContainText('Pont 1');
  await expect(theirs).toContainText('Pont 2');
  await theirs.getByRole('button', { name: 'Prendre celle du compte' }).click();
  await expect(here.changes.nothing).toBeVisible();
  await here.frame.go('Commandes');
  await expect(note(here.page)).toContainText('Pont 2');

  await meet('batterie', 'Atelier', 'Bureau');
  await here.frame.go('Accueil');
  await here.page
    .getByRole('region', { name: 'À décider' })
    .getByRole('button', { name: /^Choisir/ })
    .click();
  await mine.getByRole('button', { name: 'Garder la mienne' }).click();
  await expect(here.changes.nothing).toBeVisible();
  await here.frame.go('Commandes');
  await expect(note(here.page)).toContainText('Atelier');
  await there.page.keyboard.press('Control+r');
  await expect(note(there.page)).toContainText('Atelier');
});

test('what was just done is undone from its note, or with a key', async ({ device, network }) => {
  const one = await device({ serviceUrl: network.url });
  const { page, frame, orders } = one;
  await openOrder(one, 'alternateur');
  const head = orders.detail.locator('> header');
  const before = (await head.textContent()) ?? '';
  const assign = async (): Promise<void> => {
    await orders.detail.getByRole('button', { name: /Affecter à un véhicule|Changer de véhicule/ }).click();
    const field = page.getByRole('combobox', { name: 'Plaque, modèle ou client' });
    await field.fill('Toyota');
    await field.press('Enter');
    await expect(head).toContainText('Toyota');
  };
  await assign();
  await frame.toasts.getByRole('button', { name: 'Annuler' }).click();
  await expect(head).toHaveText(before);
  await assign();
  await orders.list.focus();
  await page.keyboard.press('Control+z');
  await expect(head).toHaveText(before);
  await expect(frame.toasts).toContainText('Modification annulée.');
});

test('several orders are assigned at once and undone as one', async ({ device }) => {
  const one = await device();
  const { page, frame, orders } = one;
  await openOrder(one, 'filtre');
  await orders.list.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(orders.selected).toHaveCount(3);
  const before = await orders.selected.allTextContents();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Affecter 3 commandes à un véhicule…' }).click();
  const field = frame.dialog('Affecter 3 commandes').getByRole('combobox');
  await field.fill('Toyota');
  await field.press('Enter');
  await expect(frame.toasts).toContainText(/3 commandes affectées à /);
  const plate = /affectées à (.*)\./.exec((await frame.toasts.textContent()) ?? '')?.[1] ?? '';
  for (const row of await orders.selected.all()) await expect(row).toContainText(plate);
  await frame.toasts.getByRole('button', { name: 'Annuler' }).click();
  await expect.poll(() => orders.selected.allTextContents()).toEqual(before);
});

test('an order is ordered again into a new basket', async ({ device }) => {
  const one = await device();
  const { page, frame, orders } = one;
  await openOrder(one, 'amortisseur');
  const lines = await orders.detail.getByRole('region', { name: 'Articles' }).locator('tbody tr').count();
  await orders.detail.getByRole('button', { name: 'Recommander' }).click();
  const dialog = frame.dialog('Ajouter à un panier');
  await dialog.getByRole('textbox', { name: 'Nom du nouveau panier' }).fill('Amortisseurs bis');
  await page.keyboard.press('Enter');
  await expect(frame.toasts).toContainText(new RegExp(`${lines} articles? ajoutés? à «.Amortisseurs bis.»`));
  await frame.go('Paniers');
  await expect(page.getByRole('main').getByText('Amortisseurs bis').first()).toBeVisible();
});

test('a message to support is kept without a network and sent afterwards', async ({ device, network }) => {
  const { page, frame, changes } = await device({ serviceUrl: network.url });
  network.cut();
  await page.keyboard.press('Control+r');
  await expect(page.getByRole('status').filter({ hasText: 'hors ligne' })).toBeVisible();
  await page.keyboard.press('F1');
  const help = frame.dialog('Aide et raccourcis');
  await expect(help).toContainText('partira au retour du réseau');
  await help.getByLabel('Sujet').selectOption({ label: 'Livraison' });
  await help.getByLabel('Votre message').fill('Où est mon colis ?');
  await help.getByRole('button', { name: 'Envoyer' }).click();
  const sent = help.getByRole('listitem').filter({ hasText: 'Où est mon colis ?' }).first();
  await expect(sent.getByText(PENDING)).toBeAttached();
  network.back();
  await page.keyboard.press('Escape');
  await changes.open();
  await page
    .getByRole('main')
    .getByRole('button', { name: /Réessayer|Synchroniser/ })
    .first()
    .click();
  await expect(changes.nothing).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press('F1');
  await expect(sent).toBeVisible();
  await expect(sent.getByText(PENDING)).toHaveCount(0);
});

test('signing out shows what would be lost, and sends it first when the person wants', async ({
  device,
  network,
}) => {
  const one = await device({ serviceUrl: network.url });
  const { page, frame } = one;
  await openOrder(one, 'rotule');
  network.cut();
  await writeNote(page, 'Avant de partir');
  await frame.openAccountMenu('Se déconnecter');
  const dialog = frame.dialog('Se déconnecter ?');
  await expect(dialog.getByRole('listitem')).toContainText(['note modifiée']);
  await dialog.getByRole('button', { name: 'Envoyer maintenant' }).click();
  await expect(dialog).toContainText('Elles n’ont pas pu être envoyées');
  network.back();
  await dialog.getByRole('button', { name: 'Envoyer maintenant' }).click();
  await dialog.getByRole('button', { name: 'Se déconnecter', exact: true }).click();
  await expect(new SignInPage(page).email).toBeVisible();
});

for (const theme of ['light', 'dark'] as const) {
  test(`changes, help and the way out have no fault that axe can find, ${theme}`, async ({
    device,
    network,
  }) => {
    const one = await device({ serviceUrl: network.url });
    const { page, frame, changes } = one;
    await page.evaluate((wanted) => window.oscaro.calls['settings.set']({ theme: wanted }), theme);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    network.cut();
    await openOrder(one, 'embrayage');
    await writeNote(page, `Pour l’essai, ${theme}`);
    expect(await findings(page), 'order').toEqual([]);
    await changes.open();
    await expect(changes.waiting.getByRole('listitem')).toHaveCount(1);
    expect(await findings(page), 'changes').toEqual([]);
    await page.keyboard.press('F1');
    await expect(frame.dialog('Aide et raccourcis')).toBeVisible();
    expect(await findings(page), 'help').toEqual([]);
    await page.keyboard.press('Escape');
    await frame.openAccountMenu('Se déconnecter');
    await expect(frame.dialog('Se déconnecter ?').getByRole('listitem')).toHaveCount(1);
    expect(await findings(page), 'sign out').toEqual([]);
  });
}
