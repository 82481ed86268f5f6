import { randomUUID } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import { routes } from '#shared/protocol/routes.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import { findings } from '#test/support/axe.ts';
import { EntryPage, GOOD_PASSWORD } from './pages/entry-page.ts';
import { Frame } from './pages/frame.ts';
import { codeIn, expect, test, type Mailbox } from './pages/mailbox.ts';

const someone = (): string => `zoe-${randomUUID().slice(0, 8)}@example.org`;
const NEW_PASSWORD = 'tournevis-8-agrafe-cheval';

/** The forms of the first screen, in the dialog over the account that is shown. */
async function addAccount(page: Page): Promise<{ dialog: Locator; entry: EntryPage }> {
  const frame = new Frame(page);
  await frame.openAccountMenu('Ajouter un compte…');
  return { dialog: frame.dialog('Ajouter un compte'), entry: new EntryPage(page) };
}

const shown = (page: Page, name: string): Promise<void> =>
  expect(new Frame(page).navigation.getByRole('button', { name: /^(Compte de|Account of)/ })).toContainText(
    name,
  );

async function post(url: string, path: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json', [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) };
  const answer = await fetch(new URL(path, url), { method: 'POST', headers, body: JSON.stringify(body) });
  expect(answer.ok, path).toBe(true);
}

/** Somebody who has asked for an account elsewhere; answers the code of the mail. */
async function signedUp(url: string, mailbox: Mailbox, email: string): Promise<string> {
  await post(url, routes.signUp, {
    ...{ kind: 'private', email, firstName: 'Zoé', lastName: 'Tilfur', password: GOOD_PASSWORD },
    ...{ consents: {}, language: 'fr' },
  });
  return codeIn(await mailbox.newest(email));
}

test('an account is opened beside the one that is shown, which stays until the code was right', async ({
  signedIn,
  mailbox,
}) => {
  const email = someone();
  const { page, frame } = await signedIn('garage');
  const { dialog, entry } = await addAccount(page);
  await entry.openSignUp();
  await entry.fillPerson(email);
  // Closed and opened again, what was typed is still there.
  await dialog.getByRole('button', { name: 'Fermer', exact: true }).click();
  await frame.go('Commandes');
  await addAccount(page);
  await expect(entry.email).toHaveValue(email);
  await entry.button('Créer mon compte').click();
  await expect(entry.title('Consultez vos e-mails')).toBeVisible();
  await dialog.getByRole('button', { name: 'Fermer', exact: true }).click();
  // The account that is shown can be used, and looked up in its menu, while the mail is on its way.
  await frame.go('Paniers');
  await addAccount(page);
  await shown(page, 'Garage Morel');
  await entry.code.fill('AAAA 2222');
  await page.keyboard.press('Enter');
  await expect(entry.code).toHaveAccessibleDescription(/Ce code n’est pas le bon/);
  await shown(page, 'Garage Morel');
  await entry.code.fill(codeIn(await mailbox.newest(email)));
  await entry.button('Activer mon compte').click();
  await expect(frame.title(/^Bonjour, Zoé/)).toBeVisible();
  await expect(dialog).toHaveCount(0);
  // Both are here, and the first one was never signed out.
  await page.keyboard.press('Control+Shift+a');
  await page.getByRole('menuitemradio', { name: /^Garage Morel/ }).click();
  await expect(frame.title('Paniers')).toBeVisible();
  await frame.upToDate();
});

test('an account is opened beside another one with the keyboard alone, in English', async ({
  start,
  mailbox,
}) => {
  const email = someone();
  const { page } = await start({ env: { OSCARO_LANG: 'en' } });
  await page.getByRole('button', { name: /A garage/ }).click();
  const frame = new Frame(page);
  await frame.upToDate();
  const dialog = frame.dialog('Add an account');
  const field = (label: string): Locator => dialog.getByLabel(label, { exact: true });
  const tabTo = async (target: Locator): Promise<void> => {
    for (let presses = 0; presses < 15; presses += 1) {
      await page.keyboard.press('Tab');
      if (await target.evaluate((element) => element === document.activeElement)) return;
    }
    await expect(target).toBeFocused();
  };
  await page.keyboard.press('Control+Shift+a');
  const item = page.getByRole('menuitem', { name: 'Add an account…' });
  await expect(page.getByRole('menu').locator(':focus')).toBeVisible();
  await page.keyboard.press('Home');
  await expect(item).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(field('E-mail address')).toBeFocused();
  await tabTo(dialog.getByRole('button', { name: 'Create an account' }));
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('radio', { name: 'A private customer' })).toBeFocused();
  for (const text of ['Zoe', 'Tilfur', email, GOOD_PASSWORD]) {
    await page.keyboard.press('Tab');
    await page.keyboard.type(text);
  }
  await page.keyboard.press('Enter');
  await expect(field('Code of the message')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await shown(page, 'Garage Morel');
  await page.keyboard.press('Control+Shift+a');
  await expect(item).toBeVisible();
  await page.keyboard.press('Home');
  await expect(item).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(field('Code of the message')).toBeFocused();
  await page.keyboard.type(codeIn(await mailbox.newest(email)));
  await page.keyboard.press('Enter');
  await expect(frame.title(/Zoe/)).toBeVisible();
});

test('a forgotten password is set anew beside the account that is shown', async ({
  signedIn,
  service,
  mailbox,
}) => {
  const email = someone();
  const code = await signedUp(service.url, mailbox, email);
  await post(service.url, routes.activation, { email, code });
  const { page, frame } = await signedIn('garage');
  const { entry } = await addAccount(page);
  await entry.email.fill(email);
  await entry.button('Mot de passe oublié').click();
  await expect(entry.email).toHaveValue(email);
  await entry.button('Envoyer le message').click();
  await expect(entry.code).toBeFocused();
  await shown(page, 'Garage Morel');
  await entry.code.fill(codeIn(await mailbox.newest(email, 2)));
  await entry.newPassword.fill(NEW_PASSWORD);
  await page.keyboard.press('Enter');
  await expect(frame.title(/^Bonjour, Zoé/)).toBeVisible();
  await shown(page, 'Zoé');
});

test('an account that is not active yet is followed to its mail, and one that was left is told of', async ({
  signedIn,
  service,
  mailbox,
}) => {
  const email = someone();
  const code = await signedUp(service.url, mailbox, email);
  const { page, frame } = await signedIn('garage');
  const { dialog, entry } = await addAccount(page);
  await entry.email.fill(email);
  await entry.password.fill(GOOD_PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/n’est pas encore activé/)).toBeVisible();
  await entry.button('Retour à la connexion').click();
  await expect(dialog.getByText(email)).toBeVisible();
  await entry.button('Reprendre').click();
  await entry.code.fill(code);
  await page.keyboard.press('Enter');
  await expect(frame.title(/^Bonjour, Zoé/)).toBeVisible();
});

test('signing in to the account that is shown closes the dialog and changes nothing', async ({
  signedIn,
}) => {
  const { page, frame } = await signedIn('garage');
  await frame.go('Commandes');
  const { dialog } = await addAccount(page);
  await dialog.getByRole('button', { name: /Un garage/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(frame.title('Commandes')).toBeVisible();
  await shown(page, 'Garage Morel');
});

for (const theme of ['light', 'dark'] as const) {
  test(`no form beside an account has a fault that axe can find, ${theme}`, async ({ signedIn }) => {
    const { page } = await signedIn('garage');
    await page.evaluate((wanted) => window.oscaro.calls['settings.set']({ theme: wanted }), theme);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    const { entry } = await addAccount(page);
    expect(await findings(page), 'sign-in').toEqual([]);
    await entry.openSignUp();
    await entry.fillPerson(someone());
    expect(await findings(page), 'sign-up').toEqual([]);
    await entry.button('Créer mon compte').click();
    await expect(entry.code).toBeVisible();
    expect(await findings(page), 'check mail').toEqual([]);
    await entry.button('Retour à la connexion').click();
    await entry.button('Mot de passe oublié').click();
    await entry.button('Envoyer le message').click();
    await expect(entry.newPassword).toBeVisible();
    expect(await findings(page), 'forgotten password').toEqual([]);
  });
}
