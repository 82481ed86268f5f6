import { randomUUID } from 'node:crypto';
import { EntryPage, GOOD_PASSWORD } from './pages/entry-page.ts';
import { Frame } from './pages/frame.ts';
import { codeIn, expect, test } from './pages/mailbox.ts';
import { SecurityPage } from './pages/security-page.ts';

test('a forgotten password is set anew with the code of the mail, and opens the account', async ({
  start,
  mailbox,
}) => {
  const { page, signIn } = await start();
  const entry = new EntryPage(page);
  await signIn.email.fill('camille@example.org');
  await entry.button('Mot de passe oublié').click();
  await expect(entry.email).toHaveValue('camille@example.org');
  await entry.button('Envoyer le message').click();
  await expect(entry.code).toBeFocused();
  await entry.code.fill(codeIn(await mailbox.newest('camille@example.org')));
  await entry.newPassword.fill('court1!');
  await entry.button('Changer le mot de passe').click();
  await expect(entry.newPassword).toHaveAccessibleDescription(/ne convient pas encore/);
  await entry.newPassword.fill(GOOD_PASSWORD);
  await page.keyboard.press('Enter');
  await expect(new Frame(page).title(/^Bonjour, Camille/)).toBeVisible();
});

test('whose session was ended elsewhere sets a forgotten password anew and goes on', async ({
  start,
  signedIn,
  mailbox,
}) => {
  const { page, signIn } = await start();
  await signIn.useDemo('garage');
  const security = new SecurityPage((await signedIn('garage')).page);
  await security.open('Sécurité');
  await security.sessions.getByRole('button', { name: 'Fermer les autres' }).click();
  const ask = security.dialog('Fermer les autres sessions ?');
  await ask.getByRole('button', { name: 'Fermer les autres' }).click();
  const again = page.getByRole('status').getByRole('button', { name: 'Se reconnecter' });
  await again.click({ timeout: 20_000 });
  const dialog = page.getByRole('dialog', { name: 'Se reconnecter' });
  await dialog.getByRole('button', { name: 'Mot de passe oublié' }).click();
  const entry = new EntryPage(page);
  await expect(entry.email).toHaveAttribute('readonly');
  const email = await entry.email.inputValue();
  await entry.button('Envoyer le message').click();
  await entry.code.fill(codeIn(await mailbox.newest(email)));
  await entry.newPassword.fill(GOOD_PASSWORD);
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(again).toHaveCount(0);
});

test('an address without an account gets the same words, and a wrong code is told', async ({ start }) => {
  const { page } = await start();
  const entry = new EntryPage(page);
  await entry.button('Mot de passe oublié').click();
  await entry.button('Envoyer le message').click();
  await expect(entry.email).toHaveAccessibleDescription(/Saisissez l’adresse e-mail/);
  const email = `nobody-${randomUUID().slice(0, 8)}@example.org`;
  await entry.email.fill(email);
  await page.keyboard.press('Enter');
  await expect(page.getByText(`Si un compte existe pour ${email}`)).toBeVisible();
  await entry.code.fill('0000');
  await entry.newPassword.fill(GOOD_PASSWORD);
  await page.keyboard.press('Enter');
  await expect(entry.code).toHaveAccessibleDescription(/huit lettres et chiffres/);
  await entry.code.fill('AAAA-2222');
  await page.keyboard.press('Enter');
  await expect(entry.code).toHaveAccessibleDescription(/Ce code n’est pas le bon/);
  await expect(entry.code).toBeFocused();
});

test('without a network it says so and keeps the address', async ({ start }) => {
  const { page } = await start({ serviceUrl: 'http://127.0.0.1:9' });
  const entry = new EntryPage(page);
  await entry.button('Mot de passe oublié').click();
  await entry.email.fill('camille@example.org');
  await page.keyboard.press('Enter');
  await expect(entry.problem).toContainText('Pas de réponse du réseau.');
  await expect(entry.email).toHaveValue('camille@example.org');
});
