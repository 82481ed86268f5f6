import type { Locator } from '@playwright/test';
import { temporaryFolder } from '#test/support/electron.ts';
import { BasketsPage } from './pages/baskets-page.ts';
import { ChangesPage } from './pages/changes-page.ts';
import { expect, test } from './pages/devices.ts';
import { Frame } from './pages/frame.ts';
import { SignInPage } from './pages/sign-in-page.ts';

test.describe.configure({ timeout: 120_000 });

const PENDING = 'Sur cet ordinateur seulement, pas encore envoyé';

test('a basket made without a network or a mouse is marked, kept over a restart, and its mark goes once it is sent', async ({
  device,
  launch,
  network,
}) => {
  const userData = await temporaryFolder();
  const first = await device({ userData, serviceUrl: network.url });
  network.cut();
  const { page } = first;
  const { keyboard } = page;
  const baskets = new BasketsPage(page);
  /** Goes on with a key until it has come to something. */
  const press = async (key: string, until: Locator): Promise<void> => {
    await until.waitFor();
    for (let i = 0; i < 30 && !(await until.evaluate((node) => node === document.activeElement)); i += 1)
      await keyboard.press(key);
    await expect(until).toBeFocused();
  };
  await keyboard.press('Control+r');
  await expect(first.frame.syncState).toHaveAccessibleName(/Hors ligne/);

  await keyboard.press('Control+4');
  await expect(baskets.list).toBeFocused();
  await press('Shift+Tab', page.getByRole('button', { name: 'Nouveau panier' }));
  await keyboard.press('Enter');
  await expect(page.getByLabel('Nom du panier')).toBeFocused();
  await keyboard.type('Sans souris');
  await keyboard.press('Enter');
  await expect(baskets.named('Sans souris')).toBeVisible();
  await expect(baskets.adder).toBeFocused();
  await keyboard.type('plaquettes');
  await baskets.suggested();
  await keyboard.press('ArrowDown');
  await expect(baskets.suggestions.nth(1)).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Enter');
  await expect(baskets.lines).toHaveCount(1);
  await expect(baskets.adder).toBeFocused();
  await keyboard.press('Control+z');
  await expect(baskets.lines).toHaveCount(0);
  await expect(baskets.adder).toBeFocused();
  await keyboard.type('plaquettes');
  await baskets.suggested();
  await keyboard.press('Enter');
  await expect(baskets.lines).toHaveCount(1);

  await press('Tab', baskets.quantities.first());
  await keyboard.press('Control+a');
  await keyboard.type('6');
  await keyboard.press('Enter');
  await expect(baskets.totals).toContainText('1 ligne · 6 pièces');
  // What is being typed is the field's own to take back; what is kept is a change like any other, however fast the key is pressed.
  await keyboard.type('66');
  await keyboard.press('Escape');
  await expect(baskets.quantities.first()).toHaveValue('6');
  await keyboard.press('Control+z');
  await keyboard.press('Control+z');
  await expect(baskets.lines).toHaveCount(0);
  await expect(baskets.row('Sans souris')).toHaveCount(1);
  await press('Tab', baskets.adder);
  await keyboard.type('plaquettes');
  await baskets.suggested();
  await keyboard.press('Enter');
  await expect(baskets.totals).toContainText('1 ligne · 1 pièce');
  await expect(baskets.lines.first().getByText(PENDING)).toBeAttached();
  await expect(baskets.row('Sans souris').getByText(PENDING)).toBeAttached();
  await first.close();

  const again = await launch({ userData, serviceUrl: network.url });
  const found = new BasketsPage(again.page);
  await expect(found.named('Sans souris')).toBeVisible();
  await expect(found.lines).toHaveCount(1);
  await expect(found.lines.first().getByText(PENDING)).toBeAttached();
  await expect(found.row('Sans souris').getByText(PENDING)).toBeAttached();

  network.back();
  await expect(found.lines.first().getByText(PENDING)).toHaveCount(0, { timeout: 20_000 });
  await expect(found.row('Sans souris').getByText(PENDING)).toHaveCount(0);
  await expect(new ChangesPage(again.page).waitingCount).toHaveCount(0);
});

test('without a keyring the password opens what was kept, with no network either', async ({
  device,
  launch,
  network,
}) => {
  const userData = await temporaryFolder();
  const first = await device({ userData, serviceUrl: network.url, keyring: false });
  network.cut();
  await first.frame.go('Paniers');
  await new BasketsPage(first.page).create('Sans trousseau');
  await first.close();

  const { page } = await launch({ userData, serviceUrl: network.url, keyring: false });
  const signIn = new SignInPage(page);
  await expect(signIn.email).toBeVisible();
  await expect(page.getByText('Sans trousseau')).toHaveCount(0);
  await signIn.signIn('garage@example.org', 'Demo-2026!');
  await expect(page.getByRole('navigation')).toContainText('Garage Morel');
  await expect(new BasketsPage(page).row('Sans trousseau').getByText(PENDING)).toBeAttached();
});

test('signing out lists all that goes, and what was let go is not on the account', async ({
  device,
  network,
}) => {
  const { page, frame } = await device({ serviceUrl: network.url });
  await frame.go('Paniers');
  const baskets = new BasketsPage(page);
  network.cut();
  await baskets.create('Perdu exprès');
  await baskets.addByCompletion('disques');
  await expect(baskets.lines).toHaveCount(1);
  await frame.openAccountMenu('Se déconnecter');
  const dialog = frame.dialog('Se déconnecter ?');
  await expect(dialog).toContainText('2 modifications n’ont pas encore pu être envoyées');
  const listed = dialog.getByRole('listitem');
  await expect(listed).toContainText([/«.Perdu exprès.».: 1 × .+ ajouté/, /«.Perdu exprès.» créé/]);
  await dialog.getByRole('button', { name: 'Annuler' }).click();
  await expect(baskets.named('Perdu exprès')).toBeVisible();

  await frame.openAccountMenu('Se déconnecter');
  await dialog.getByRole('button', { name: 'Se déconnecter et les perdre' }).click();
  const signIn = new SignInPage(page);
  await expect(signIn.email).toBeVisible();
  network.back();
  await signIn.useDemo('garage');
  const back = new Frame(page);
  await back.upToDate();
  await back.go('Paniers');
  await expect(baskets.rows.first()).toBeVisible();
  await expect(baskets.row('Perdu exprès')).toHaveCount(0);
});
