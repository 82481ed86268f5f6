import type { ElectronApplication, Page } from '@playwright/test';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { demoAccounts } from '#shared/ipc/demo-accounts.ts';
import { startKeyring, whyNoKeyring, type Keyring } from '#test/support/keyring.ts';
import { startListeningProxy } from '#test/support/listening-proxy.ts';
import { temporaryFolder, type LaunchOptions } from '#test/support/electron.ts';
import { tracesIn } from '#test/support/traces.ts';
import { BasketsPage } from './pages/baskets-page.ts';
import { expect, test as base } from './pages/devices.ts';
import { Frame } from './pages/frame.ts';
import { SignInPage } from './pages/sign-in-page.ts';

/** Electron's own safeStorage, with nothing in place of the system's keyring. */

const GARAGE = 'garage@example.org';
const NO_KEYRING = /Aucun trousseau de clés sur cet ordinateur.*installez GNOME Keyring ou KWallet/;

const test = base.extend<{ keyring: Keyring; kept: LaunchOptions & { basket: string } }>({
  keyring: async ({}, use) => {
    const keyring = await startKeyring();
    await keyring.start('open');
    await use(keyring);
    await keyring.close();
  },
  /** A computer with a keyring, where a basket was made without a network before the app was closed. */
  kept: async ({ keyring, device, network }, use, { testId }) => {
    // The tests of a worker share an account.
    const basket = `Trousseau ${testId}`;
    const options = {
      userData: await temporaryFolder(),
      serviceUrl: network.url,
      keyring: false,
      env: keyring.env,
    };
    const { app, frame, page, close } = await device(options);
    expect(await backendOf(app)).toBe('gnome_libsecret');
    network.cut();
    await frame.go('Paniers');
    await new BasketsPage(page).create(basket);
    await close();
    await use({ ...options, basket });
  },
});

// Two or three starts, and keys that are expensive to make.
test.describe.configure({ timeout: 180_000 });

const backendOf = (app: ElectronApplication) =>
  app.evaluate(({ safeStorage }) => safeStorage.getSelectedStorageBackend());

/** The key that a password opens is expensive to make. */
async function signInAgain(page: Page): Promise<void> {
  await new SignInPage(page).signIn(GARAGE, demoAccounts.password);
  await expect(page.getByRole('navigation')).toContainText('Garage Morel', { timeout: 30_000 });
}

test.describe('with a keyring', () => {
  const why = whyNoKeyring();
  test.skip(why !== undefined, why);

  test('the account is open after a restart, with no network and no question', async ({ kept, launch }) => {
    const { page } = await launch(kept);
    await expect(page.getByRole('navigation')).toContainText('Garage Morel');
    await expect(new BasketsPage(page).row(kept.basket)).toBeVisible();
  });

  for (const { name, lasting, happens } of [
    {
      name: 'stays locked',
      lasting: false,
      happens: async (keyring: Keyring) => {
        await keyring.stop();
        await keyring.start('locked');
      },
    },
    { name: 'is gone', lasting: false, happens: (keyring: Keyring) => keyring.stop() },
    {
      name: 'was wiped',
      lasting: true,
      happens: async (keyring: Keyring) => {
        await keyring.stop();
        await keyring.wipe();
        await keyring.start('open');
      },
    },
  ])
    test(`when it ${name}, signing in again opens the account with what was not sent`, async ({
      keyring,
      kept,
      launch,
      network,
    }) => {
      await happens(keyring);
      network.back();
      const { page, close } = await launch(kept);
      await expect(new SignInPage(page).email).toBeVisible();
      await expect(page.locator('body')).not.toContainText(/Morel|Trousseau/);
      await signInAgain(page);
      await new Frame(page).upToDate();
      await new Frame(page).go('Paniers');
      await expect(new BasketsPage(page).row(kept.basket)).toBeVisible();
      await close();

      await keyring.stop();
      await keyring.start('open');
      const again = await launch(kept);
      // What was sealed while no keyring opened is not the keyring's yet: that takes one more sign-in.
      if (!lasting) await signInAgain(again.page);
      await expect(new BasketsPage(again.page).row(kept.basket)).toBeVisible();
      expect(await again.page.evaluate(() => window.oscaro.calls['session.get'](undefined))).toMatchObject({
        value: { state: 'signed_in', remembered: true },
      });
    });
});

test('without one nothing of the session is written, the app says so, and the password opens what is kept', async ({
  device,
  launch,
  service,
}) => {
  const network = await startListeningProxy(service.url);
  const options = { userData: await temporaryFolder(), serviceUrl: network.url, keyring: false };
  const secrets = (): string[] => {
    const folder = join(options.userData, 'secrets');
    return existsSync(folder) ? readdirSync(folder) : [];
  };
  const { app, page, frame, close } = await device(options);
  expect(await backendOf(app)).toBe('basic_text');
  await frame.syncState.click();
  await expect(page.getByText(NO_KEYRING)).toBeVisible();
  await page.keyboard.press('Escape');
  network.cut();
  await frame.go('Paniers');
  await new BasketsPage(page).create('Sans aucun trousseau');
  expect(network.given.length).toBeGreaterThanOrEqual(3);
  expect(secrets()).toEqual([]);
  await close();
  expect(secrets()).toEqual([]);
  expect(await tracesIn(options.userData, [...network.given, demoAccounts.password])).toEqual([]);

  const again = await launch(options);
  await expect(again.page.getByText(NO_KEYRING)).toBeVisible();
  await signInAgain(again.page);
  await expect(new BasketsPage(again.page).row('Sans aucun trousseau')).toBeVisible();
  expect(secrets()).toEqual([]);
  await network.close();
});
