import { demoAccounts } from '#shared/ipc/demo-accounts.ts';
import { routes } from '#shared/protocol/routes.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import { findings } from '#test/support/axe.ts';
import { temporaryFolder } from '#test/support/electron.ts';
import { spawnService } from '#test/support/service.ts';
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
    if (kind === 'garage') await expect(page.getByRole('dialog')).toContainText('Nouveau mot de passe');
    await expect(mine).toHaveCount(0);
  }
  await own.stop();
});
