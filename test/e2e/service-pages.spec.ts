import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { findings } from '#test/support/axe.ts';
import {
  appEnvironment,
  attach,
  electronExecutable,
  platformArgs,
  temporaryFolder,
} from '#test/support/electron.ts';
import { EntryPage, GOOD_PASSWORD } from './pages/entry-page.ts';
import { expect, linkIn, test as base } from './pages/mailbox.ts';

/** A window that shows what a browser would: an Electron app of its own, without anything of ours. */
const test = base.extend<{ reader: Page }>({
  reader: async ({}, use) => {
    const folder = await temporaryFolder();
    const hello = join(import.meta.dirname, '..', 'bench', 'programs', 'hello');
    const app = await attach({
      executablePath: electronExecutable(),
      args: [...platformArgs, `--user-data-dir=${folder}`, hello],
      env: appEnvironment(folder),
    });
    const page = await app.firstWindow();
    await page.waitForLoadState('domcontentloaded');
    await use(page);
    await app.close();
  },
});

/** In both themes and as narrow as a telephone: nothing that axe can find, nothing beyond the edge. */
async function looksRight(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await findings(page), `${what}, ${colorScheme}`).toEqual([]);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(320);
  const needed = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(needed, `${what} fits a narrow window`).toBeLessThanOrEqual(320);
  await page.setViewportSize({ width: 1280, height: 800 });
}

test('the pages that mails lead to are used with the keyboard alone, in any width and theme', async ({
  start,
  mailbox,
  reader,
}) => {
  test.setTimeout(120_000);
  const email = `zoe-${randomUUID().slice(0, 8)}@example.org`;
  const { page } = await start();
  const entry = new EntryPage(page);
  await entry.signUp(email);
  const activation = linkIn(await mailbox.newest(email));
  const said = reader.getByRole('heading', { level: 1 });

  await reader.goto(activation.href);
  await expect(said).toHaveText('Activer votre compte');
  await expect(reader.getByText(email)).toBeVisible();
  await looksRight(reader, 'activation');
  await reader.keyboard.press('Tab');
  await expect(reader.getByRole('button', { name: 'Activer mon compte' })).toBeFocused();
  await reader.keyboard.press('Enter');
  await expect(said).toContainText('Votre compte est activé');
  await expect(reader.getByRole('link', { name: 'Ouvrir Oscaro Desktop' })).toHaveAttribute(
    'href',
    'oscaro-desktop://activated',
  );
  await looksRight(reader, 'activated');

  await reader.goto(activation.href);
  await expect(said).toHaveText('Ce compte est déjà activé');
  await looksRight(reader, 'a link that was used');
  await reader.goto(new URL(`/activation?token=${'a'.repeat(43)}&lang=en`, activation).href);
  await expect(said).toHaveText('This link leads nowhere');
  await looksRight(reader, 'a link that nobody sent');

  await entry.button('Retour à la connexion').click();
  await entry.button('Mot de passe oublié ?').click();
  await entry.email.fill(email);
  await page.keyboard.press('Enter');
  await reader.goto(linkIn(await mailbox.newest(email, 2)).href);
  await looksRight(reader, 'reset');
  const password = reader.getByLabel('Nouveau mot de passe');
  await password.fill('azerty');
  await reader.keyboard.press('Enter');
  await expect(reader.getByText('Ce mot de passe ne convient pas.')).toBeVisible();
  await looksRight(reader, 'a password that will not do');
  await password.fill(`${GOOD_PASSWORD}-neuf`);
  await reader.keyboard.press('Enter');
  await expect(reader.getByRole('link', { name: 'Ouvrir Oscaro Desktop' })).toHaveAttribute(
    'href',
    'oscaro-desktop://password-reset',
  );
});
