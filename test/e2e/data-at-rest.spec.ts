import type { Page } from '@playwright/test';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { testKeyring } from '#main/platform/test-keyring.ts';
import { demoAccounts } from '#shared/ipc/demo-accounts.ts';
import { KEYRING, temporaryFolder } from '#test/support/electron.ts';
import { startListeningProxy } from '#test/support/listening-proxy.ts';
import { tracesIn } from '#test/support/traces.ts';
import { BasketsPage } from './pages/baskets-page.ts';
import { expect, test, type Signed } from './pages/devices.ts';
import { Frame } from './pages/frame.ts';
import { InvoicesPage } from './pages/invoices-page.ts';
import { LockPage } from './pages/lock-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';

// Every file of the app is read several times, and a code is expensive to look at.
test.describe.configure({ timeout: 240_000 });

const TYPED = {
  basket: 'Panier de Zéphyrine',
  note: 'Rappeler Théodule lundi',
  message: 'Courroie perdue en route',
  draft: 'Brouillon pour Ermelinde',
  filter: 'Wenceslas Quillot',
};
/** Where a copy for the viewer lies while the app runs, which is what was asked for. */
const FOR_VIEWERS = ['opened'];
const PDF = '%PDF-1.';

/** The words of the demo garage, as the page gets them. */
async function wordsOf(page: Page): Promise<string[]> {
  const words = await page.evaluate(async () => {
    const { calls } = window.oscaro;
    const [account, orders, invoices, vehicles] = await Promise.all([
      calls['account.get'](undefined),
      calls['orders.page']({ filter: {}, offset: 0, limit: 5 }),
      calls['invoices.page']({ filter: {}, offset: 0, limit: 5 }),
      calls['vehicles.page']({ filter: {}, offset: 0, limit: 200 }),
    ]);
    if (!account.ok || !account.value || !orders.ok || !invoices.ok || !vehicles.ok) return [];
    const { profile } = account.value;
    return [
      profile.email,
      profile.displayName,
      ...(profile.company ? [profile.company.name, profile.company.siren] : []),
      ...(profile.phones ?? []).map(({ number }) => number),
      ...profile.addresses.flatMap(({ address }) => [address.name, ...address.lines]),
      ...orders.value.map(({ number }) => number),
      ...invoices.value.map(({ number }) => number),
      ...vehicles.value.flatMap(({ plate, vin, customerName }) => [plate, vin, customerName]),
    ];
  });
  // A shorter one is found in any long enough row of bytes.
  return [...new Set(words.filter((word) => word !== undefined && word.length >= 7))] as string[];
}

/** Does in the window what leaves something behind, offline from the first change on. */
async function useEverything({ app, page, frame, orders }: Signed, cut: () => void): Promise<void> {
  await app.evaluate(({ shell, BrowserWindow }) => {
    shell.openPath = () => Promise.resolve('');
    BrowserWindow.getAllWindows()[0]?.setContentSize(1180, 760);
  });
  await frame.go('Factures');
  const invoices = new InvoicesPage(page);
  await invoices.row(0).click();
  await expect(invoices.preview.getByRole('document', { name: 'Page 1' })).toContainText('Morel');
  await invoices.preview.getByRole('button', { name: 'Ouvrir' }).click();
  await frame.go('Véhicules');
  await page.getByRole('textbox', { name: /^Plaque, VIN/ }).fill(TYPED.filter);
  cut();

  await frame.go('Commandes');
  await orders.chooseStatus('Livrée');
  await orders.rows.first().click();
  const note = page.getByRole('region', { name: 'Note privée' });
  await note.getByRole('button', { name: /^Modifier/ }).click();
  await note.getByRole('textbox', { name: 'Note privée' }).fill(TYPED.note);
  await page.keyboard.press('Control+Enter');
  await expect(note).toContainText(TYPED.note);
  await frame.go('Paniers');
  await new BasketsPage(page).create(TYPED.basket);

  await page.keyboard.press('F1');
  const help = frame.dialog('Aide et raccourcis');
  await help.getByLabel('Votre message').fill(TYPED.message);
  await help.getByRole('button', { name: 'Envoyer' }).click();
  await expect(help.getByRole('listitem').filter({ hasText: TYPED.message })).toBeVisible();
  await help.getByLabel('Votre message').fill(TYPED.draft);
  await page.keyboard.press('Escape');
}

/** Searches for a text as typed, and opens what is found first. */
async function search(page: Page, text: string): Promise<void> {
  const frame = new Frame(page);
  await page.keyboard.press('Control+k');
  await frame.search.fill(text);
  await expect(page.getByRole('listbox', { name: 'Résultats' }).getByRole('option').first()).toContainText(
    text,
  );
  await page.keyboard.press('Enter');
  await expect(frame.search).toHaveCount(0);
}

/** All that Chromium keeps for the page, of which the files may hold a compressed form. */
const storageOf = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const databases = await indexedDB.databases();
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, databases, document.cookie]);
  });

const inStorage = async (page: Page, words: readonly string[]): Promise<string[]> => {
  const storage = await storageOf(page);
  return words.filter((word) => storage.includes(word));
};

/** What the keyring keeps sealed in `secrets/`, opened: the refresh token, and what opens the vault. */
async function secretsOf(userData: string): Promise<string[]> {
  const folder = join(userData, 'secrets');
  const keyring = testKeyring(Buffer.from(KEYRING, 'base64'));
  const files = await readdir(folder);
  return Promise.all(
    files.map(async (name) => (await keyring.decrypt(await readFile(join(folder, name)))).text),
  );
}

test('nothing of what is read or typed is found in any file of the app, whatever it does', async ({
  device,
  launch,
  service,
}) => {
  const userData = await temporaryFolder();
  const network = await startListeningProxy(service.url);
  const first = await device({ userData, serviceUrl: network.url });
  const words = await wordsOf(first.page);
  expect(words.length).toBeGreaterThan(20);
  const plate = words.find((word) => /^[A-Z]{2}-\d{3}-[A-Z]{2}$/.test(word)) ?? '';
  await search(first.page, plate);
  await useEverything(first, network.cut);

  const secrets = await secretsOf(userData);
  expect(secrets.length, 'the refresh token and what opens the vault').toBe(2);
  expect(network.given.length, 'both tokens and the device secret').toBeGreaterThanOrEqual(3);
  expect(secrets.some((secret) => network.given.some((token) => secret.includes(token)))).toBe(true);
  const everything = [
    ...words,
    ...Object.values(TYPED),
    ...secrets,
    ...network.given,
    demoAccounts.password,
    PDF,
  ];

  await test.step('the looking finds what is there', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'below'));
    await writeFile(join(folder, 'below', 'text'), `{"name":"${TYPED.basket}"}`);
    await writeFile(join(folder, 'utf16'), Buffer.from(`x${plate}`, 'utf16le'));
    await writeFile(join(folder, 'plain'), TYPED.note.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase());
    for (const before of ['', 'a', 'ab'])
      await writeFile(join(folder, `base64-${before}`), btoa(`${before}${plate} et la suite`));
    expect((await tracesIn(folder, everything)).toSorted()).toEqual(
      [
        `below/text: ${TYPED.basket}`,
        `utf16: ${plate}`,
        `plain: ${TYPED.note}`,
        ...['', 'a', 'ab'].map((before) => `base64-${before}: ${plate}`),
      ].toSorted(),
    );
    await rm(folder, { recursive: true });
    const body = first.page.locator('body');
    await expect(body).toContainText(TYPED.basket);
    await expect(body).toContainText('Morel');
    expect(await inStorage(first.page, ['screens:', 'delivered'])).toHaveLength(2);
  });

  await test.step('while it runs', async () => {
    expect(await tracesIn(userData, everything, FOR_VIEWERS)).toEqual([]);
    expect(await tracesIn(join(userData, 'opened'), [PDF]), 'the copy for the viewer').toHaveLength(1);
    expect(await inStorage(first.page, everything)).toEqual([]);
  });
  await first.close();
  await test.step('after its end', async () => {
    expect(await tracesIn(userData, everything, FOR_VIEWERS)).toEqual([]);
  });

  const again = await launch({ userData, serviceUrl: network.url });
  const { page } = again;
  const frame = new Frame(page);
  const lock = new LockPage(page);
  await test.step('what was typed is there after a restart', async () => {
    await expect(new BasketsPage(page).row(TYPED.basket)).toBeVisible();
    await page.keyboard.press('F1');
    await expect(frame.dialog('Aide et raccourcis').getByLabel('Votre message')).toHaveValue(TYPED.draft);
    await page.keyboard.press('Escape');
    await frame.go('Véhicules');
    await expect(page.getByRole('textbox', { name: /^Plaque, VIN/ })).toHaveValue(TYPED.filter);
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('listbox', { name: 'Résultats' })).toContainText(plate);
    await page.keyboard.press('Escape');
    await expect.poll(() => readdir(userData)).not.toContain('opened');
  });
  await test.step('while it is locked', async () => {
    await lock.set();
    await lock.lock();
    expect(await tracesIn(userData, everything)).toEqual([]);
    expect(await inStorage(page, everything)).toEqual([]);
    await lock.unlock();
  });
  await test.step('after signing out, with changes kept for the next time', async () => {
    await frame.openAccountMenu('Se déconnecter');
    const dialog = frame.dialog('Se déconnecter ?');
    await dialog.getByRole('button', { name: 'Les garder et se déconnecter' }).click();
    await expect(new SignInPage(page).email).toBeVisible();
    expect(await tracesIn(userData, everything)).toEqual([]);
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  });
  await network.close();
});

test('what a former version kept of what was typed is gone at the next start', async ({ device, launch }) => {
  const first = await device({ userData: await temporaryFolder() });
  await first.page.evaluate(() => {
    localStorage.setItem('view:an-account:searches', '["AB-123-CD"]');
  });
  await first.close();
  const { page } = await launch({ userData: first.userData });
  await expect(page.getByRole('navigation')).toBeVisible();
  expect(
    await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('view'))),
  ).toEqual([]);
});
