import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openPromise } from 'yauzl';
import { demoAccounts } from '#shared/ipc/demo-accounts.ts';
import { findings } from '#test/support/axe.ts';
import { expect, test } from './pages/fixtures.ts';
import { SecurityPage } from './pages/security-page.ts';

test('everything about the account is saved as one archive', async ({ signedIn, saveDir }) => {
  const { page, frame } = await signedIn('private');
  const data = new SecurityPage(page);
  await data.open('Vos données');
  await data.archive.getByRole('button', { name: 'Enregistrer l’archive…' }).click();
  await expect(frame.toasts.getByText('Vos données sont enregistrées.')).toBeVisible({ timeout: 60_000 });
  const [name] = readdirSync(saveDir);
  expect(name).toMatch(/^mes-donnees-oscaro-\d{4}-\d\d-\d\d\.zip$/);
  const zip = await openPromise(join(saveDir, name ?? ''));
  const names: string[] = [];
  for await (const entry of zip.eachEntry()) names.push(entry.fileName);
  expect(names).toEqual(expect.arrayContaining(['LISEZ-MOI.txt', 'json/compte.json', 'csv/commandes.csv']));
  expect(names.filter((file) => file.endsWith('.pdf')).length).toBeGreaterThan(0);
});

test('the deletion says what goes and what stays, asks for the password, and is taken back', async ({
  signedIn,
}) => {
  const { page, frame } = await signedIn('private');
  const data = new SecurityPage(page);
  await data.open('Vos données');
  await data.deletion.getByRole('button', { name: 'Supprimer mon compte…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /Supprimer votre compte/ });
  await expect(dialog).toContainText('article L123-22');
  expect(await findings(page), 'deletion').toEqual([]);
  await dialog.getByRole('textbox', { name: 'Mot de passe actuel' }).fill('pas-le-bon-1!');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Ce n’est pas votre mot de passe actuel.')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Mot de passe actuel' }).fill(demoAccounts.password);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(data.deletion).toContainText('Suppression prévue le');
  await frame.go('Accueil');
  await expect(page.getByText(/Suppression de votre compte prévue le/)).toBeVisible();
  await page.getByRole('button', { name: 'Garder mon compte' }).click();
  await expect(page.getByText(/Suppression de votre compte prévue le/)).toHaveCount(0);
});

test('the part about data leads to erasing this computer, and back', async ({ signedIn }) => {
  const { page } = await signedIn('private');
  const data = new SecurityPage(page);
  await data.open('Vos données');
  await data.computer.getByRole('button', { name: 'Effacer cet ordinateur…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = data.dialog('Effacer cet ordinateur ?');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('the history shows each choice with its date', async ({ signedIn }) => {
  const { page, frame } = await signedIn('garage');
  const partners = page.getByRole('switch', { name: 'Offres des partenaires' });
  const data = new SecurityPage(page);
  await frame.go('Compte');
  await partners.click();
  await frame.upToDate();
  await data.open('Vos données');
  await expect(data.consents.getByRole('listitem').first()).toContainText('Offres des partenaires');
  await expect(data.consents.getByRole('listitem').first()).toContainText('dans l’application');
  expect(await findings(page), 'data').toEqual([]);
});
