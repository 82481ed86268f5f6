import { demoAccounts } from '#shared/ipc/demo-accounts.ts';
import { findings } from '#test/support/axe.ts';
import { temporaryFolder } from '#test/support/electron.ts';
import { spawnService } from '#test/support/service.ts';
import { expect, test } from './pages/fixtures.ts';
import { SecurityPage } from './pages/security-page.ts';

const NEW_PASSWORD = 'Un-vrai-tournesol-2027!';

test('the password is changed with the keyboard alone, and what is wrong is told at its field', async ({
  signedIn,
}) => {
  test.setTimeout(120_000);
  // Other tests sign in with the password of the demo: this one has a service of its own.
  const own = await spawnService(['--port', '0', '--demo', '--data', await temporaryFolder()]);
  const { page, frame } = await signedIn('private', { serviceUrl: own.url });
  const security = new SecurityPage(page);
  await security.open('Sécurité');
  await expect(security.password).toContainText('Changé le');
  await expect(security.sessions.getByText('Cet ordinateur')).toBeVisible();
  await security.password.getByRole('button', { name: 'Changer le mot de passe' }).focus();
  await page.keyboard.press('Enter');
  const dialog = security.dialog('Changer le mot de passe');
  const present = dialog.getByRole('textbox', { name: 'Mot de passe actuel' });
  await expect(present).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Saisissez votre mot de passe actuel.')).toBeVisible();
  const wanted = dialog.getByRole('textbox', { name: 'Nouveau mot de passe' });
  const change = async (from: string, to: string): Promise<void> => {
    await present.fill(from);
    await wanted.fill(to);
    await page.keyboard.press('Enter');
  };
  await change('pas-le-bon-1!', NEW_PASSWORD);
  await expect(dialog.getByText('Ce n’est pas votre mot de passe actuel.')).toBeVisible();
  expect(await findings(page), 'password').toEqual([]);
  await change(demoAccounts.password, NEW_PASSWORD);
  await expect(dialog).toBeHidden();
  await expect(frame.toasts.getByText('Mot de passe changé.')).toBeVisible();
  await own.stop();
});

test('a new address waits for both mailboxes and can be given up', async ({ signedIn }) => {
  const { page } = await signedIn('garage');
  const security = new SecurityPage(page);
  await security.open('Sécurité');
  await security.email.getByRole('button', { name: 'Changer l’adresse' }).click();
  const dialog = security.dialog('Changer l’adresse');
  await dialog.getByRole('textbox', { name: 'Nouvelle adresse' }).fill('atelier');
  await dialog.getByRole('textbox', { name: 'Mot de passe actuel' }).fill(demoAccounts.password);
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Ce n’est pas une adresse e-mail.')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Nouvelle adresse' }).fill('atelier@example.org');
  await page.keyboard.press('Enter');
  await expect(security.email.getByText('atelier@example.org attend d’être confirmée')).toBeVisible();
  await expect(security.email.getByText('En attente de la confirmation de')).toHaveCount(2);
  expect(await findings(page), 'pending address').toEqual([]);
  await security.email.getByRole('button', { name: 'Garder l’adresse actuelle' }).click();
  await expect(security.email.getByRole('button', { name: 'Changer l’adresse' })).toBeVisible();
});

test('a session on another computer is ended after a question', async ({ signedIn, start }) => {
  const other = await start();
  await other.signIn.useDemo('garage');
  const { page } = await signedIn('garage');
  const security = new SecurityPage(page);
  await security.open('Sécurité');
  await security.sessions.getByRole('button', { name: 'Fermer les autres' }).click();
  await security
    .dialog('Fermer les autres sessions ?')
    .getByRole('button', { name: 'Fermer les autres' })
    .click();
  await expect(security.sessions.getByRole('listitem')).toHaveCount(1);
  await expect(other.page.getByRole('button', { name: /Se reconnecter/ }).first()).toBeVisible({
    timeout: 20_000,
  });
});

for (const theme of ['light', 'dark'] as const) {
  test(`security has no fault that axe can find, in English, ${theme}`, async ({ signedIn }) => {
    const { page } = await signedIn('garage');
    const security = new SecurityPage(page);
    await security.open('Sécurité');
    await page.evaluate(
      (wanted) => window.oscaro.calls['settings.set']({ theme: wanted, language: 'en' }),
      theme,
    );
    await expect(security.password.getByRole('button', { name: 'Change the password' })).toBeVisible();
    expect(await findings(page), theme).toEqual([]);
  });
}
