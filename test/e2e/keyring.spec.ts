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
import { LockPage, LOOKED_AT_MS, PIN } from './pages/lock-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';

/** Electron's own safeStorage, with nothing in place of the system's keyring. */

const GARAGE = 'garage@example.org';
const NO_KEYRING =
  /Aucun trousseau de clés n’a été trouvé.*chaque démarrage.*installez GNOME Keyring ou KWallet/;
const SILENT =
  /trousseau de clés de cet ordinateur est verrouillé ou ne répond pas\..*déverrouillez-le.*relancez.*prochain démarrage redemandera/;
const SILENT_SESSION =
  /verrouillé ou ne répond pas.: votre session se terminera.*prochain démarrage redemandera.*déverrouillez/;

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

const storageOf = async (page: Page): Promise<unknown> => {
  const info = await page.evaluate(() => window.oscaro.calls['app.info'](undefined));
  return info.ok && info.value.secretStorage;
};

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
    expect(await storageOf(page)).toBe('available');
    const details = await new Frame(page).openSyncDetails();
    await expect(details).not.toContainText(/trousseau|session/);
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
      await expect(page.locator('body')).not.toContainText(/Morel|Trousseau \S/);
      expect(await storageOf(page)).toBe(lasting ? 'available' : 'silent');
      await expect(page.getByText(SILENT)).toHaveCount(lasting ? 0 : 1);
      await expect(page.getByText(/Aucun trousseau/)).toHaveCount(0);
      // What cannot be kept is not offered.
      await expect(page.getByLabel('Rester connecté')).toHaveCount(lasting ? 1 : 0);
      await signInAgain(page);
      await new Frame(page).upToDate();
      const details = await new Frame(page).openSyncDetails();
      if (lasting) await expect(details).not.toContainText(/trousseau|session/);
      else await expect(details).toContainText(SILENT_SESSION);
      await page.keyboard.press('Escape');
      await new Frame(page).go('Paniers');
      await expect(new BasketsPage(page).row(kept.basket)).toBeVisible();
      await close();

      await keyring.stop();
      await keyring.start('open');
      const again = await launch(kept);
      // What was sealed while no keyring opened is not the keyring's yet: that takes one more sign-in.
      if (!lasting) {
        await expect(new SignInPage(again.page).email).toBeVisible();
        await expect(again.page.getByText(/trousseau/)).toHaveCount(0);
        await signInAgain(again.page);
      }
      await expect(new BasketsPage(again.page).row(kept.basket)).toBeVisible();
      expect(await again.page.evaluate(() => window.oscaro.calls['session.get'](undefined))).toMatchObject({
        value: { state: 'signed_in', remembered: true },
      });
    });

  test('a code that the keyring guards opens nothing while it is locked: the lock screen says what to do', async ({
    keyring,
    kept,
    launch,
  }) => {
    const first = await launch(kept);
    await expect(first.page.getByRole('navigation')).toContainText('Garage Morel');
    await new LockPage(first.page).set();
    await first.close();
    await keyring.stop();
    await keyring.start('locked');
    const locked = await launch(kept);
    const shut = new LockPage(locked.page);
    await shut.isShown();
    await shut.open();
    await expect(shut.problem).toContainText(
      /verrouillé ou ne répond pas\..*Déverrouillez-le.*relancez l’application.*«.Code oublié.\?.»/,
    );
    await locked.close();

    await keyring.stop();
    await keyring.start('open');
    const { page } = await launch(kept);
    await new LockPage(page).unlock();
    await expect(new BasketsPage(page).row(kept.basket)).toBeVisible();
  });

  test('a code that is chosen while it is locked is told to hold alone, until it is changed', async ({
    keyring,
    kept,
    launch,
    network,
  }) => {
    network.back();
    await keyring.stop();
    await keyring.start('locked');
    const first = await launch(kept);
    await signInAgain(first.page);
    const form = await new LockPage(first.page).openForm('Définir un code…');
    await expect(form).toContainText(/verrouillé ou ne répond pas, et ne protège pas le code/);
    await form.getByLabel('Nouveau code').fill(PIN);
    await form.getByLabel('Encore une fois').fill(PIN);
    await form.getByLabel('Encore une fois').press('Enter');
    await expect(form).toHaveCount(0, { timeout: LOOKED_AT_MS });
    await first.close();

    await keyring.stop();
    await keyring.start('open');
    const { page } = await launch(kept);
    const lock = new LockPage(page);
    await lock.unlock();
    const another = await lock.openForm('Changer de code…');
    await expect(another).not.toContainText('trousseau');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+,');
    await expect(lock.settings).toContainText(/choisi sans le trousseau de clés.*Changez de code/);
    await expect(lock.settings).not.toContainText(/Aucun trousseau|verrouillé/);
    await lock.settings.getByRole('button', { name: 'Changer de code…' }).click();
    await another.getByLabel('Code PIN actuel').fill(PIN);
    await another.getByLabel('Nouveau code').fill('4712');
    await another.getByLabel('Encore une fois').fill('4712');
    await another.getByLabel('Encore une fois').press('Enter');
    await expect(another).toHaveCount(0, { timeout: LOOKED_AT_MS });
    await expect(lock.settings).not.toContainText('trousseau');
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
  expect(await storageOf(page)).toBe('missing');
  await expect(await frame.openSyncDetails()).toContainText(NO_KEYRING);
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
