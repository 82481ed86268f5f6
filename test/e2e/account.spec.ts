import { AccountPage } from './pages/account-page.ts';
import { expect, test } from './pages/fixtures.ts';

test('a name changed is shown at once, sent, and taken back with one click', async ({ signedIn }) => {
  const { page, frame } = await signedIn('private');
  const account = new AccountPage(page);
  await account.open();
  const before = await account.profile.getByRole('button', { name: 'Prénom' }).textContent();
  await account.retype('Prénom', 'Capucine');
  await expect(account.profile.getByRole('button', { name: 'Prénom' })).toContainText('Capucine');
  await frame.upToDate();
  await expect(account.profile.getByText('pas encore envoyé')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(account.profile.getByRole('button', { name: 'Prénom' })).toHaveText(before ?? '');
});

test('an address is added, made the default, and removed', async ({ signedIn }) => {
  const { page, frame } = await signedIn('private');
  const account = new AccountPage(page);
  await account.open();
  await account.addresses.getByRole('button', { name: 'Ajouter' }).click();
  const dialog = account.addressDialog;
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(dialog.getByText('À remplir.')).toHaveCount(3);
  await dialog.getByRole('textbox', { name: 'Destinataire' }).fill('Atelier du quai');
  await dialog.getByRole('textbox', { name: 'Adresse', exact: true }).fill('3 quai de la Fosse');
  await dialog.getByRole('textbox', { name: 'Code postal' }).fill('4400');
  await dialog.getByRole('textbox', { name: 'Ville' }).fill('Nantes');
  await expect(dialog.getByText('Un code postal a cinq chiffres.')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Code postal' }).fill('44000');
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(dialog).toBeHidden();
  const entry = account.addresses.getByRole('listitem').filter({ hasText: 'Atelier du quai' });
  await expect(entry).toContainText('44000 Nantes');
  await entry.getByRole('button', { name: 'Choisir par défaut' }).click();
  await expect(entry.getByText('Par défaut')).toBeVisible();
  await entry.getByRole('button', { name: 'Supprimer' }).click();
  await expect(entry).toHaveCount(0);
  await frame.upToDate();
});

test('a phone number that cannot exist is refused at its field', async ({ signedIn }) => {
  const { page } = await signedIn('garage');
  const account = new AccountPage(page);
  await account.open();
  await account.phones.getByRole('button', { name: 'Ajouter' }).click();
  const field = account.phones.getByRole('textbox', { name: 'Numéro de téléphone' });
  await field.fill('06 12');
  await page.keyboard.press('Enter');
  await expect(account.phones.getByRole('alert')).toContainText('Ce numéro ne peut pas exister.');
  await field.fill('+32 470 12 34 56');
  await page.keyboard.press('Enter');
  await expect(account.phones.getByText('+32 470 12 34 56')).toBeVisible();
  await account.phones.getByRole('button', { name: 'Supprimer le +32 470 12 34 56' }).click();
  await expect(account.phones.getByText('+32 470 12 34 56')).toHaveCount(0);
});

test('the numbers of a company have to be real and of one company', async ({ signedIn }) => {
  const { page } = await signedIn('garage');
  const account = new AccountPage(page);
  await account.open();
  const vat = await account.company.getByText(/^FR\d{11}$/).textContent();
  await account.company.getByRole('button', { name: 'Modifier' }).click();
  const dialog = page.getByRole('dialog', { name: 'Modifier l’entreprise' });
  const siren = dialog.getByRole('textbox', { name: 'SIREN' });
  await siren.fill('732 829 321');
  await expect(dialog.getByText('un de ses chiffres est faux')).toBeVisible();
  await siren.fill('732 829 320');
  await expect(dialog.getByRole('textbox', { name: 'N° de TVA' })).toHaveValue('FR44732829320');
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(account.company.getByText('FR44732829320')).toBeVisible();
  await page.getByRole('log').getByRole('button', { name: 'Annuler' }).first().click();
  await expect(account.company.getByText(vat ?? '')).toBeVisible();
});

test('choices are switches that take effect at once and keep their date', async ({ signedIn }) => {
  const { page, frame } = await signedIn('private');
  const account = new AccountPage(page);
  await account.open();
  const partners = account.choices.getByRole('switch', { name: 'Offres des partenaires' });
  const before = await partners.isChecked();
  await partners.click();
  await expect(partners).toBeChecked({ checked: !before });
  await expect(account.choices.getByText(before ? /^Refusé le/ : /^Accordé le/).first()).toBeVisible();
  await frame.upToDate();
  await page.keyboard.press('Control+z');
  await expect(partners).toBeChecked({ checked: before });
});
