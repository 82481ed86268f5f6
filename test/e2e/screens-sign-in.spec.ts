import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './pages/fixtures.ts';
import { Frame } from './pages/frame.ts';

test('a wrong password is told in plain words, a right one opens the account', async ({ start }) => {
  const { page, signIn } = await start();
  await expect(signIn.email).toBeFocused();
  await signIn.signIn('camille@example.org', 'not the password');
  await expect(signIn.problem).toContainText('Adresse e-mail ou mot de passe incorrect.');
  await expect(signIn.password).toBeFocused();
  await signIn.signIn('camille@example.org', 'Demo-2026!');
  await expect(new Frame(page).title(/^Bonjour, Camille/)).toBeVisible();
});

test('what is missing is said beside its field', async ({ start }) => {
  const { page, signIn } = await start();
  await signIn.email.press('Enter');
  await expect(signIn.email).toHaveAccessibleDescription('Saisissez l’adresse e-mail de votre compte.');
  await expect(signIn.email).toBeFocused();
  await expect(page.getByRole('navigation')).toHaveCount(0);
});

test('the password can be shown and hidden', async ({ start }) => {
  const { page, signIn } = await start();
  await signIn.password.fill('secret');
  await expect(signIn.password).toHaveAttribute('type', 'password');
  await page.getByRole('button', { name: 'Afficher le mot de passe' }).click();
  await expect(signIn.password).toHaveAttribute('type', 'text');
  await page.getByRole('button', { name: 'Masquer le mot de passe' }).click();
  await expect(signIn.password).toHaveAttribute('type', 'password');
});

test('the service’s address is checked as it is typed', async ({ start, service }) => {
  const stranger = createServer((_request, response) => response.end('<h1>It works!</h1>'));
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  const { port } = stranger.address() as AddressInfo;
  const { page, signIn } = await start();
  await signIn.openAdvanced();
  await expect(page.getByText('Service de compte trouvé')).toBeVisible();
  await signIn.address.fill(`http://127.0.0.1:${port}`);
  await expect(page.getByText('Cette adresse n’est pas celle d’un service de compte.')).toBeVisible();
  await signIn.address.fill('http://127.0.0.1:9');
  await expect(page.getByText('Pas de réponse du réseau.')).toBeVisible();
  await signIn.address.fill(service.url);
  await expect(page.getByText('Service de compte trouvé')).toBeVisible();
  await new Promise((resolve) => stranger.close(resolve));
});

test('without a network signing in says so and can be tried again', async ({ start }) => {
  const { page, signIn } = await start({ serviceUrl: 'http://127.0.0.1:9' });
  await signIn.signIn('camille@example.org', 'Demo-2026!');
  await expect(signIn.problem).toContainText('Pas de réponse du réseau.');
  await expect(signIn.submit).toHaveText('Se connecter');
  await expect(page.getByLabel('Mot de passe', { exact: true })).toHaveValue('Demo-2026!');
});

test('settings and help are there before anybody has signed in', async ({ start }) => {
  const { page } = await start();
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog', { name: 'Aide et raccourcis' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+,');
  await page.getByRole('dialog', { name: 'Réglages' }).getByText('English').click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeAttached();
});

test('signing out asks first, then leaves nothing behind', async ({ signedIn }) => {
  const { page, frame } = await signedIn('private');
  await frame.openAccountMenu('Se déconnecter');
  const dialog = frame.dialog('Se déconnecter ?');
  await dialog.getByRole('button', { name: 'Annuler' }).click();
  await expect(frame.navigation).toBeVisible();
  await frame.openAccountMenu('Se déconnecter');
  await dialog.getByRole('button', { name: 'Se déconnecter' }).click();
  await expect(page.getByRole('form', { name: 'Se connecter' })).toBeVisible();
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
});
