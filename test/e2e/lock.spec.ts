import type { ElectronApplication } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findings } from '#test/support/axe.ts';
import { appArgs, appEnvironment, electronExecutable, temporaryFolder } from '#test/support/electron.ts';
import { applicationMenu, endWorkers } from '#test/support/main-process.ts';
import { BasketsPage } from './pages/baskets-page.ts';
import { expect, test } from './pages/devices.ts';
import { Frame } from './pages/frame.ts';
import { LockPage, LOOKED_AT_MS, PIN } from './pages/lock-page.ts';
import { OrdersPage } from './pages/orders-page.ts';

// Codes are expensive to look at, and wrong ones make one wait.
test.describe.configure({ timeout: 180_000 });

/** Names, addresses, plates and amounts of the demo garage, as they stand on its first screens. */
const OF_THE_ACCOUNT = /Morel|garage@|[A-Z]{2}-\d{3}-[A-Z]{2}|€|Commandes|Paniers/;

async function menuItems(app: ElectronApplication) {
  const menu = await applicationMenu(app);
  return menu.flatMap(({ items }) => items);
}

const tell = (app: ElectronApplication, event: 'suspend' | 'lock-screen' | 'resume') =>
  app.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event);

/** Sets the clock of the shell: what is done by the time of day believes that so many minutes have passed. */
const pass = (app: ElectronApplication, minutes: number) =>
  app.evaluate((_electron, ms) => {
    const now = Date.now;
    Date.now = () => now() + ms;
  }, minutes * 60_000);

test('a code is set, asked for, and taken away again', async ({ device }) => {
  const { page, app, frame, userData } = await device();
  const lock = new LockPage(page);
  await frame.go('Commandes');
  await page.keyboard.press('Control+l');
  expect((await menuItems(app)).find(({ id }) => id === 'lock_now')).toMatchObject({ enabled: false });
  await expect(frame.title('Commandes')).toBeVisible();

  await test.step('set in the settings', async () => {
    await page.keyboard.press('Control+,');
    await lock.settings.getByRole('button', { name: 'Définir un code…' }).click();
    const form = lock.settings.getByRole('form');
    await form.getByLabel('Nouveau code').fill(PIN);
    await form.getByLabel('Encore une fois').fill('4712');
    await page.keyboard.press('Enter');
    await expect(form.getByLabel('Encore une fois')).toHaveAccessibleDescription(/ne sont pas les mêmes/);
    await expect(form.getByLabel('Encore une fois')).toBeFocused();
    await page.keyboard.type(PIN);
    await page.keyboard.press('Enter');
    await expect(lock.settings).toContainText('Un code PIN est demandé', { timeout: LOOKED_AT_MS });
    await expect(lock.settings.getByLabel('Verrouiller après une inactivité de')).toHaveValue('15');
    await expect(lock.settings.getByRole('switch')).toBeChecked();
    await page.keyboard.press('Escape');
  });

  await test.step('locked with a key: nothing of the account is left', async () => {
    await lock.lock();
    await expect(page.locator('body')).not.toContainText(OF_THE_ACCOUNT);
    expect(await page.content()).not.toMatch(/Morel|garage@/);
    expect(await page.title()).toBe('Oscaro Desktop');
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())).toBe(
      'Oscaro Desktop',
    );
    expect((await menuItems(app)).filter(({ enabled, id }) => enabled && id).map(({ id }) => id)).toEqual([
      'settings',
      'help',
    ]);
    const calls = await page.evaluate(async () => [
      await window.oscaro.calls['home.get'](undefined),
      await window.oscaro.calls['accounts.list'](undefined),
      await window.oscaro.calls['settings.set']({ lockOnSleep: false }),
      await window.oscaro.calls['lock.setCode']({}),
    ]);
    for (const answer of calls) expect(answer).toMatchObject({ ok: false, error: { kind: 'locked' } });
    expect(existsSync(join(userData, 'opened'))).toBe(false);
  });

  await test.step('what works without an account works, the rest does nothing', async () => {
    for (const key of ['Control+k', 'Control+z', 'Control+2', 'Control+r', 'Control+Shift+a', 'Control+l'])
      await page.keyboard.press(key);
    await page.keyboard.press('Control+,');
    const settings = frame.dialog('Réglages');
    await expect(settings.getByRole('group')).toHaveCount(2);
    await expect(settings.getByRole('button', { name: /Effacer|Définir|Changer|Retirer/ })).toHaveCount(0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('F1');
    await expect(frame.dialog('Aide et raccourcis')).toContainText('Verrouiller');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(lock.title).toBeVisible();
  });

  await test.step('opened, on the screen where it was', async () => {
    await lock.fail(/Ce n’est pas le bon code\. 1 essai manqué\./);
    await expect(lock.code).toBeFocused();
    await lock.unlock();
    await expect(frame.title('Commandes')).toBeVisible();
    await frame.upToDate();
    await expect(new OrdersPage(page).rows.first()).toBeVisible();
  });

  await test.step('taken away, with the present code only', async () => {
    await page.keyboard.press('Control+,');
    await lock.settings.getByRole('button', { name: 'Retirer le code…' }).click();
    const present = lock.settings.getByLabel('Code PIN actuel');
    await present.fill('0000');
    await present.press('Enter');
    await expect(present).toHaveAccessibleDescription(/pas le bon code/, { timeout: LOOKED_AT_MS });
    await expect(present).toBeFocused();
    await page.keyboard.type(PIN);
    await page.keyboard.press('Enter');
    await expect(lock.settings.getByRole('button', { name: 'Définir un code…' })).toBeFocused({
      timeout: LOOKED_AT_MS,
    });
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+l');
    expect((await menuItems(app)).find(({ id }) => id === 'lock_now')).toMatchObject({ enabled: false });
    await expect(frame.title('Commandes')).toBeVisible();
  });
});

test('wrong codes make everybody wait, and starting anew does not help', async ({
  device,
  launch,
  service,
}) => {
  const first = await device({ userData: await temporaryFolder() });
  const before = new LockPage(first.page);
  await before.set();
  await before.lock();
  await before.fail(/1 essai manqué/);
  await before.fail(/2 essais manqués/);
  await before.fail(/3 essais manqués/);
  await first.close();
  const file = join(first.userData, 'accounts', 'vault.json');
  const vault = JSON.parse(readFileSync(file, 'utf8')) as { tries: { failures: number; at: number } };
  expect(vault.tries.failures).toBe(3);
  // As after three more, which would take more than half a minute, the last one a moment ago.
  vault.tries = { failures: 6, at: Date.now() - 20_000 };
  writeFileSync(file, JSON.stringify(vault));

  const { page } = await launch({ userData: first.userData, serviceUrl: service.url });
  const lock = new LockPage(page);
  await lock.isShown();
  await expect(page.locator('body')).not.toContainText(OF_THE_ACCOUNT);
  await expect(lock.problem).toHaveText(/6 essais manqués de suite imposent d’attendre \d+\ss/);
  await expect(lock.submit).toHaveText(/Nouvel essai dans \d+\ss/);
  // Whoever types meanwhile goes on, and an early Enter costs nothing.
  await lock.open();
  await expect(lock.code).toHaveValue(PIN);
  await expect(page.getByText('Vous pouvez réessayer.')).toBeVisible({ timeout: 30_000 });
  await expect(lock.problem).toHaveCount(0);
  await lock.unlock();
  await new Frame(page).upToDate();
  await expect(page.getByRole('navigation')).toContainText('Garage Morel');
});

test('the app locks when nobody is at it, if that is wanted', async ({ device }) => {
  const { page, app, frame, userData } = await device();
  const lock = new LockPage(page);
  const locked = () =>
    page.evaluate(async () => {
      const state = await window.oscaro.calls['lock.get'](undefined);
      return state.ok && state.value.locked;
    });
  await lock.set();

  await test.step('when the engine had to be started again, which does not know the code', async () => {
    await endWorkers(app);
    await lock.isShown();
    await lock.unlock();
  });

  await test.step('when the computer sleeps, or its screen is locked', async () => {
    for (const event of ['suspend', 'lock-screen'] as const) {
      await tell(app, event);
      await lock.isShown();
      await lock.unlock();
    }
    await page.evaluate(() => window.oscaro.calls['settings.set']({ lockOnSleep: false }));
    await tell(app, 'suspend');
    expect(await locked()).toBe(false);
  });

  await test.step('after some minutes without a hand on it', async () => {
    await pass(app, 14);
    await page.mouse.move(300, 300);
    await page.keyboard.press('Control+2');
    await expect(frame.title('Commandes')).toBeVisible();
    await pass(app, 14);
    await tell(app, 'resume');
    expect(await locked()).toBe(false);
    await pass(app, 1);
    await tell(app, 'resume');
    await lock.isShown();
  });

  await test.step('a link waits for the code', async () => {
    const second = spawn(electronExecutable(), appArgs(['oscaro-desktop://email-changed']), {
      env: appEnvironment(userData),
    });
    await once(second, 'exit');
    await expect(lock.title).toBeVisible();
    await expect(page.getByRole('log')).toBeEmpty();
    await lock.unlock();
    await expect(page.getByText('Nous vérifions votre adresse e-mail auprès du service.')).toBeVisible();
  });

  await test.step('the hand that comes back after a night finds it locked', async () => {
    await pass(app, 8 * 60);
    await page.mouse.move(400, 400);
    await lock.isShown();
  });
});

test('whoever forgot the code signs in, and nothing that was not sent is lost', async ({
  device,
  network,
}) => {
  const { page, frame } = await device({ serviceUrl: network.url });
  const lock = new LockPage(page);
  await lock.set();
  network.cut();
  await frame.go('Paniers');
  const baskets = new BasketsPage(page);
  await baskets.create('Avant l’oubli');
  await lock.lock();
  await page.getByRole('button', { name: 'Code oublié ?' }).click();
  await expect(page.getByRole('heading', { name: 'Code oublié' })).toBeFocused();
  await expect(page.getByRole('listitem')).toHaveCount(4);
  await page.keyboard.press('Escape');
  await lock.isShown();

  network.back();
  await page.getByRole('button', { name: 'Code oublié ?' }).click();
  await page.getByRole('button', { name: 'Se connecter pour déverrouiller' }).click();
  await expect(page.getByLabel('Adresse e-mail')).toHaveValue('');
  await page.getByLabel('Adresse e-mail').fill('garage@example.org');
  await page.getByLabel('Mot de passe', { exact: true }).fill('Demo-2026!');
  await page.keyboard.press('Enter');
  await expect(frame.toasts).toContainText('Le code a été retiré.');
  await frame.go('Paniers');
  await expect(baskets.row('Avant l’oubli')).toBeVisible();
  await frame.upToDate();
  const changes = await page.evaluate(() => window.oscaro.calls['changes.list'](undefined));
  expect(changes).toMatchObject({ ok: true, value: { waitingCount: 0, refused: [] } });
  await page.keyboard.press('Control+l');
  await page.keyboard.press('Control+,');
  await expect(lock.settings.getByRole('button', { name: 'Définir un code…' })).toBeVisible();
});

test('the keyboard alone is enough, in English, and axe finds no fault in either theme', async ({
  start,
}) => {
  const { page, signIn } = await start();
  await signIn.useDemo('private');
  const frame = new Frame(page);
  await frame.upToDate();
  await page.evaluate(() => window.oscaro.calls['settings.set']({ language: 'en' }));

  await page.keyboard.press('Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  const set = settings.getByRole('button', { name: 'Set a code…' });
  await expect(settings).toBeVisible();
  while (!(await set.evaluate((button) => button === document.activeElement)))
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(settings.getByLabel('New code')).toBeFocused();
  expect(await findings(page), 'setting a code').toEqual([]);
  await page.keyboard.type('three words here');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('three words here');
  await page.keyboard.press('Enter');
  await expect(settings).toContainText('A passphrase is asked for', { timeout: LOOKED_AT_MS });
  const now = settings.getByRole('button', { name: /^Lock now/ });
  await expect(now).toBeFocused();
  await page.keyboard.press('Enter');

  const phrase = page.getByLabel('Passphrase', { exact: true });
  await expect(page.getByRole('heading', { name: 'Oscaro Desktop is locked' })).toBeVisible();
  await expect(phrase).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(phrase).toHaveAccessibleDescription('Enter your passphrase.');
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((wanted) => window.oscaro.calls['settings.set']({ theme: wanted }), theme);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    expect(await findings(page), `locked, ${theme}`).toEqual([]);
  }
  for (const name of ['Show the code', 'Unlock', 'Forgotten your code?', 'Settings', 'Help and shortcuts']) {
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name, exact: true })).toBeFocused();
  }
  await page.getByRole('button', { name: 'Forgotten your code?' }).focus();
  await page.keyboard.press('Enter');
  expect(await findings(page), 'forgotten').toEqual([]);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('E-mail address')).toBeFocused();
  expect(await findings(page), 'signing in').toEqual([]);
  await page.keyboard.press('Escape');
  await expect(phrase).toBeFocused();
  await page.keyboard.type('three words here');
  await page.keyboard.press('Enter');
  await expect(frame.title(/^Hello, Camille/)).toBeVisible({ timeout: LOOKED_AT_MS });
});

test('without a keyring a phrase is advised, and the code alone opens what is kept', async ({
  device,
  launch,
  service,
}) => {
  const first = await device({ userData: await temporaryFolder(), keyring: false });
  const lock = new LockPage(first.page);
  await first.page.keyboard.press('Control+,');
  await lock.settings.getByRole('button', { name: 'Définir un code…' }).click();
  await expect(lock.settings.getByRole('form')).toContainText('Aucun trousseau de clés n’a été trouvé');
  await lock.settings.getByLabel('Nouveau code').fill(PIN);
  await lock.settings.getByLabel('Encore une fois').fill(PIN);
  await first.page.keyboard.press('Enter');
  await expect(lock.settings).toContainText('Un code PIN est demandé', { timeout: LOOKED_AT_MS });
  await expect(lock.settings).toContainText('un code PIN court est trouvé en quelques heures');
  await first.close();

  const { page } = await launch({ userData: first.userData, serviceUrl: service.url, keyring: false });
  const again = new LockPage(page);
  await again.isShown();
  await again.unlock();
  await expect(page.getByRole('navigation')).toContainText('Garage Morel');
});
