import type { Page } from '@playwright/test';
import { demoAccounts } from '#shared/ipc/demo-accounts.ts';
import { routes } from '#shared/protocol/routes.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import { findings } from '#test/support/axe.ts';
import { temporaryFolder } from '#test/support/electron.ts';
import { spawnService } from '#test/support/service.ts';
import { GOOD_PASSWORD } from './pages/entry-page.ts';
import { expect, test } from './pages/fixtures.ts';
import { SecurityPage } from './pages/security-page.ts';

/** Somebody guesses from many addresses, and gets in from one that was never seen. */
async function guessAndEnter(url: string, email: string): Promise<void> {
  const attempt = (password: string, from: string): Promise<Response> =>
    fetch(new URL(routes.signIn, url), {
      method: 'POST',
      headers: {
        [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
        'content-type': 'application/json',
        'x-forwarded-for': from,
      },
      body: JSON.stringify({
        email,
        password,
        device: { name: 'Inconnu', platform: 'linux', appVersion: '0.1.0' },
      }),
    });
  for (let i = 0; i < 10; i += 1) await attempt('wrong', `198.51.100.${i}`);
  expect((await attempt(demoAccounts.password, '203.0.113.7')).status).toBe(201);
}

/** The other sessions end, without a choice to get wrong, whichever way the owner comes to the new password. */
async function changeAtOnce(page: Page, security: SecurityPage): Promise<void> {
  const dialog = security.dialog('Changer le mot de passe');
  const banner = page
    .getByRole('status')
    .filter({ hasText: /mot de passe/ })
    .getByRole('button', { name: 'Changer le mot de passe' });
  for (const way of [
    undefined,
    banner,
    security.password.getByRole('button', { name: 'Changer le mot de passe' }),
  ]) {
    await way?.click();
    await expect(dialog).toContainText('les autres sessions seront fermées');
    await expect(dialog.getByRole('checkbox')).toHaveCount(0);
    expect(await findings(page)).toEqual([]);
    if (way !== undefined && way !== banner) break;
    await dialog.getByRole('button', { name: 'Annuler' }).click();
    await expect(dialog).toHaveCount(0);
  }
  await dialog.getByLabel('Mot de passe actuel').fill(demoAccounts.password);
  await dialog.getByLabel('Nouveau mot de passe', { exact: true }).fill(GOOD_PASSWORD);
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(dialog).toHaveCount(0, { timeout: 20_000 });
  await expect(page.getByText('Les autres sessions sont fermées.')).toBeVisible();
  await expect(banner).toHaveCount(0);
  await expect(security.sessions.getByRole('listitem')).toHaveCount(1);
  await security.password.getByRole('button', { name: 'Changer le mot de passe' }).click();
  await expect(dialog.getByRole('checkbox')).not.toBeChecked();
  await expect(dialog).not.toContainText('Quelqu’un d’autre');
}

test('a sign-in after many failures is asked about: mine takes the question away, not mine asks for a new password', async ({
  signedIn,
}) => {
  test.setTimeout(120_000);
  const args = ['--port', '0', '--demo', '--rate-limit', '0', '--trust-proxy', '127.0.0.1'];
  const own = await spawnService([...args, '--data', await temporaryFolder()]);
  for (const kind of ['private', 'garage'] as const) {
    const { page } = await signedIn(kind, { serviceUrl: own.url });
    const email = kind === 'private' ? 'camille@example.org' : 'garage@example.org';
    await guessAndEnter(own.url, email);
    const security = new SecurityPage(page);
    await security.open('Sécurité');
    const mine = page.getByRole('button', { name: 'C’était moi' });
    await expect(mine).toBeVisible();
    await expect(page.getByText(/Inconnu/).first()).toBeVisible();
    expect(await findings(page), kind).toEqual([]);
    if (kind === 'private') await mine.click();
    else await page.getByRole('button', { name: 'Ce n’était pas moi' }).click();
    await expect(mine).toHaveCount(0);
    if (kind === 'garage') await changeAtOnce(page, security);
  }
  await own.stop();
});
