import { randomUUID } from 'node:crypto';
import type { ElectronApplication, Page } from '@playwright/test';
import { EntryPage } from './pages/entry-page.ts';
import { expect, test } from './pages/fixtures.ts';

const nobody = (): string => `personne-${randomUUID().slice(0, 8)}@example.org`;
const INBOX = 'http://127.0.0.1:4001/';

declare global {
  var openedOutside: string[] | undefined;
}

/** Notes what the app hands to the system instead of opening it; answers how to read that. */
async function watchOutside(app: ElectronApplication): Promise<() => Promise<string[]>> {
  await app.evaluate(({ shell }) => {
    globalThis.openedOutside = [];
    shell.openExternal = (url) => {
      globalThis.openedOutside?.push(url);
      return Promise.resolve();
    };
  });
  return () => app.evaluate(() => globalThis.openedOutside ?? []);
}

const askForInbox = (page: Page) => page.evaluate(() => window.oscaro.calls['app.openInbox'](undefined));

test('the inbox of the demo is opened in the browser where a mail is waited for', async ({ start }) => {
  const { app, page } = await start({ env: { OSCARO_DEMO_INBOX_URL: INBOX } });
  const opened = await watchOutside(app);
  const entry = new EntryPage(page);
  await entry.button('Mot de passe oublié').click();
  await entry.email.fill(nobody());
  await entry.button('Envoyer le message').click();
  await entry.button('Ouvrir la boîte de réception').click();
  await expect.poll(opened).toEqual([INBOX]);
  // What the page would like to open is not asked.
  const answer = await page.evaluate(() => {
    const open = window.oscaro.calls['app.openInbox'] as (input: unknown) => Promise<unknown>;
    return open({ url: 'https://example.org/' });
  });
  expect(answer).toMatchObject({ ok: false, error: { kind: 'invalid_input' } });
  expect(await opened()).toEqual([INBOX]);
});

for (const [about, url] of [
  ['elsewhere', 'http://192.0.2.7:4001/'],
  ['that is more than an inbox', `${INBOX}other?page=1`],
] as const) {
  test(`an address ${about} is never opened`, async ({ start }) => {
    const { app, page } = await start({ env: { OSCARO_DEMO_INBOX_URL: url } });
    const opened = await watchOutside(app);
    expect(await askForInbox(page)).toMatchObject({ ok: false });
    expect(await opened()).toEqual([]);
  });
}

test('without an inbox there is no way to one', async ({ start }) => {
  const { app, page } = await start();
  const opened = await watchOutside(app);
  const entry = new EntryPage(page);
  await entry.button('Mot de passe oublié').click();
  await entry.email.fill(nobody());
  await entry.button('Envoyer le message').click();
  await expect(entry.code).toBeVisible();
  await expect(entry.button('Ouvrir la boîte de réception')).toHaveCount(0);
  expect(await askForInbox(page)).toMatchObject({ ok: false, error: { kind: 'not_found' } });
  expect(await opened()).toEqual([]);
});
