import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { appArgs, appEnvironment, electronExecutable } from '#test/support/electron.ts';
import { EntryPage } from './pages/entry-page.ts';
import { expect, test } from './pages/fixtures.ts';

const someone = (): string => `zoe-${randomUUID().slice(0, 8)}@example.org`;

/** What the system does when somebody clicks a link: another start, with the link as its argument. */
async function open(userData: string, link: string): Promise<void> {
  const second = spawn(electronExecutable(), appArgs([link]), { env: appEnvironment(userData) });
  await once(second, 'exit');
}

test('a link brings the app to the sign-in form with a word about it', async ({ start }) => {
  const { page, userData } = await start();
  const entry = new EntryPage(page);
  await entry.openSignUp();
  await open(userData, 'oscaro-desktop://password-reset/');
  await expect(
    page.getByText(/votre mot de passe a été changé, connectez-vous avec le nouveau/),
  ).toBeVisible();
  await expect(entry.password).toBeVisible();
  await open(userData, 'oscaro-desktop://activated');
  await expect(page.getByText('Si votre compte vient d’être activé, connectez-vous.')).toBeVisible();
  await open(userData, 'oscaro-desktop://email-changed');
  await expect(page.getByText(/votre adresse e-mail a été changée/)).toBeVisible();
});

test('a link that starts the app is heard as well', async ({ start }) => {
  const { page } = await start({ args: ['oscaro-desktop://activated'] });
  await expect(page.getByText('Si votre compte vient d’être activé, connectez-vous.')).toBeVisible();
});

test('nothing but the exact words is taken', async ({ start }) => {
  const { page, userData } = await start();
  for (const link of [
    'oscaro-desktop://password-reset?token=abc',
    'oscaro-desktop://activated/x',
    'oscaro-desktop://evil',
    'OSCARO-DESKTOP:activated',
  ]) {
    await open(userData, link);
  }
  // Taken in order: when the good one has shown, the others had their time.
  await open(userData, 'oscaro-desktop://email-changed');
  await expect(page.getByText(/votre adresse e-mail a été changée/)).toBeVisible();
  await expect(page.getByText(/votre mot de passe a été changé/)).toHaveCount(0);
});

test('a link is looked into once: another address that is typed after it is not told to be inactive', async ({
  start,
}) => {
  const { page, userData } = await start();
  const entry = new EntryPage(page);
  const [mistyped, right] = [someone(), someone()];
  await entry.signUp(mistyped);
  await expect(entry.title('Consultez vos e-mails')).toBeVisible();
  await open(userData, 'oscaro-desktop://activated');
  await expect(entry.problem).toContainText('Ouvrez d’abord le lien du message.');
  await entry.button('Changer d’adresse').click();
  await entry.email.fill(right);
  await entry.button('Créer mon compte').click();
  await expect(page.getByText(right)).toBeVisible();
  await entry.code.fill('AAAA 2222');
  await expect(entry.problem).toHaveCount(0);
});

test('with an account a link has the service asked, and changes nothing by itself', async ({ signedIn }) => {
  const { page, frame, userData } = await signedIn('private');
  await open(userData, 'oscaro-desktop://email-changed');
  await expect(page.getByText('Nous vérifions votre adresse e-mail auprès du service.')).toBeVisible();
  await expect(frame.navigation).toBeVisible();
  await frame.upToDate();
});
