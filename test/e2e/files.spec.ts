import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { demoAccounts } from '#shared/ipc/demo-accounts.ts';
import { expect, test as base, type LaunchOptions, type RunningApp } from '#test/support/electron.ts';
import { printToPdf } from '#test/support/printing.ts';
import { spawnService, type SpawnedService } from '#test/support/service.ts';

type Saved = { ok: true; value: { saved: true; path: string; count: number } };

interface Fixtures {
  saveDir: string;
  /** The app, signed in to the demo service, with the newest invoice known. */
  signedIn: RunningApp & { invoice: { id: string; number: string } };
}

const test = base.extend<Fixtures, { service: SpawnedService }>({
  service: [
    async ({}, use) => {
      const data = mkdtempSync(join(tmpdir(), 'oscaro-e2e-service-'));
      const service = await spawnService(['--port', '0', '--demo', '--data', data]);
      await use(service);
      await service.stop();
      rmSync(data, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  saveDir: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'oscaro-e2e-saved-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  signedIn: async ({ launch, service, saveDir }, use) => {
    const options: LaunchOptions = { serviceUrl: service.url, env: { OSCARO_TEST_SAVE_DIR: saveDir } };
    const running = await launch(options);
    const { email } = demoAccounts.accounts[0];
    const answer = await running.page.evaluate(
      (credentials) => window.oscaro.calls['session.signIn'](credentials),
      { email, password: demoAccounts.password },
    );
    expect(answer).toMatchObject({ ok: true, value: { state: 'signed_in', remembered: true } });
    const newest = () =>
      running.page.evaluate(async () => {
        const page = await window.oscaro.calls['invoices.page']({ filter: {}, offset: 0, limit: 1 });
        return page.ok ? page.value[0] : undefined;
      });
    await expect.poll(newest).toBeDefined();
    const invoice = await newest();
    await use({ ...running, invoice: { id: invoice!.id, number: invoice!.number } });
  },
});

test('an invoice is printed on one sheet a page, drawn by a page of its own that goes away', async ({
  signedIn,
}) => {
  const { app, page, invoice } = signedIn;
  const printed = printToPdf(app);
  const answer = await page.evaluate((id) => window.oscaro.calls['invoices.print']({ id }), invoice.id);
  expect(answer).toEqual({ ok: true, value: { printed: true } });
  const pdf = Buffer.from(await printed, 'base64').toString('latin1');
  expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
  // The picture of a whole page at 300 dots an inch.
  const width = Math.max(...[...pdf.matchAll(/\/Width (\d+)/g)].map(([, pixels]) => Number(pixels)));
  expect(width).toBeGreaterThan(2000);
  expect(pdf.length, 'an empty picture compresses to next to nothing').toBeGreaterThan(100_000);
  expect(await app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
});

test('an invoice is opened as a copy under its own number', async ({ signedIn }) => {
  const { app, page, invoice } = signedIn;
  await app.evaluate(({ shell }) => {
    const noted = globalThis as { opened?: string };
    shell.openPath = (path) => {
      noted.opened = path;
      return Promise.resolve('');
    };
  });
  const answer = await page.evaluate((id) => window.oscaro.calls['invoices.open']({ id }), invoice.id);
  expect(answer).toEqual({ ok: true, value: undefined });
  const path = await app.evaluate(() => (globalThis as { opened?: string }).opened ?? '');
  expect(basename(path)).toBe(`${invoice.number}.pdf`);
  expect(readFileSync(path).subarray(0, 5).toString('latin1')).toBe('%PDF-');
});

test('invoices and orders are saved where the person says', async ({ signedIn, saveDir }) => {
  const { page, invoice } = signedIn;
  const pdf = (await page.evaluate(
    (id) => window.oscaro.calls['invoices.saveAs']({ id }),
    invoice.id,
  )) as Saved;
  expect(pdf).toEqual({
    ok: true,
    value: { saved: true, path: join(saveDir, `${invoice.number}.pdf`), count: 1 },
  });
  expect(readFileSync(pdf.value.path).subarray(0, 5).toString('latin1')).toBe('%PDF-');

  const zip = (await page.evaluate(
    (id) =>
      window.oscaro.calls['invoices.saveZip']({
        jobId: '0190a0b0-0000-7000-8000-000000000009',
        filter: {},
        ids: [id],
      }),
    invoice.id,
  )) as Saved;
  expect(zip.value.count).toBe(1);
  expect(basename(zip.value.path)).toMatch(/^factures-\d{4}-\d\d-\d\d\.zip$/);
  expect(readFileSync(zip.value.path).subarray(0, 2).toString('latin1')).toBe('PK');

  const csv = (await page.evaluate(() => window.oscaro.calls['orders.saveCsv']({}))) as Saved;
  expect(csv.value.count).toBeGreaterThan(1);
  expect(statSync(csv.value.path).size).toBeGreaterThan(100);
});

test('the text that the page copies is on the clipboard', async ({ signedIn }) => {
  const { app, page, invoice } = signedIn;
  await page.evaluate((text) => window.oscaro.calls['app.copy']({ text }), invoice.number);
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe(invoice.number);
});
