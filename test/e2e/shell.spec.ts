import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, temporaryFolder, test as base } from '#test/support/electron.ts';
import { applicationMenu, chooseMenuItem, endWorkers } from '#test/support/main-process.ts';
import { descendantsOf, isRunning, spawnApp } from '#test/support/process.ts';

/** A folder of data that several starts of one test share. */
const test = base.extend<{ userData: string }>({
  userData: async ({}, use) => {
    const folder = await temporaryFolder();
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  },
});

test.describe('the menu', () => {
  const tops = {
    fr: ['Fichier', 'Édition', 'Affichage', 'Compte', 'Aide'],
    en: ['File', 'Edit', 'View', 'Account', 'Help'],
  };
  for (const language of ['fr', 'en'] as const) {
    test(`speaks ${language}`, async ({ launch }) => {
      const { app } = await launch({ env: { OSCARO_LANG: language } });
      await expect.poll(() => applicationMenu(app)).not.toEqual([]);
      const menu = await applicationMenu(app);
      expect(menu.map((top) => top.label)).toEqual(tops[language]);
      const other =
        language === 'fr' ? /Settings|Print|Sync Now|Undo/ : /Réglages|Imprimer|maintenant|Annuler/;
      expect(menu.flatMap((top) => top.items).filter(({ label }) => other.test(label) || !label)).toEqual([]);
    });
  }

  test('greys out what needs an account while nobody is signed in', async ({ launch }) => {
    const { app } = await launch();
    await expect.poll(() => applicationMenu(app)).not.toEqual([]);
    const items = (await applicationMenu(app)).flatMap((top) => top.items);
    const enabled = (id: string) => items.find((item) => item.id === id)?.enabled;
    for (const id of ['home', 'orders', 'invoices', 'search', 'print', 'sync_now', 'sign_out']) {
      expect(enabled(id), id).toBe(false);
    }
    expect(enabled('settings')).toBe(true);
    expect(enabled('help')).toBe(true);
  });

  test('has one key for one thing', async ({ launch }) => {
    const { app } = await launch();
    await expect.poll(() => applicationMenu(app)).not.toEqual([]);
    const keys = (await applicationMenu(app)).flatMap((top) => top.items.map((item) => item.accelerator));
    const used = keys.filter(Boolean);
    expect(new Set(used).size).toBe(used.length);
    expect(used).toEqual(
      expect.arrayContaining(['CmdOrCtrl+K', 'CmdOrCtrl+R', 'CmdOrCtrl+P', 'CmdOrCtrl+,', 'F1']),
    );
  });

  test('tells the page what was chosen', async ({ launch }) => {
    const { app, page } = await launch();
    await expect.poll(() => applicationMenu(app)).not.toEqual([]);
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      window.oscaro.on('command', ({ command }) => heard.push(command));
    });
    await chooseMenuItem(app, 'help');
    await chooseMenuItem(app, 'settings');
    const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    await expect.poll(heard).toEqual(['help', 'settings']);
  });
});

test.describe('settings', () => {
  test('are applied at once and survive a restart', async ({ launch, userData }) => {
    const first = await launch({ userData, env: { OSCARO_LANG: 'fr' } });
    await first.page.evaluate(() => {
      Object.assign(window, { told: undefined });
      window.oscaro.on('settings', (event) => Object.assign(window, { told: event }));
    });
    const set = await first.page.evaluate(() =>
      window.oscaro.calls['settings.set']({ language: 'en', theme: 'dark' }),
    );
    expect(set).toMatchObject({ ok: true, value: { language: 'en', theme: 'dark' } });
    await expect
      .poll(() => first.page.evaluate(() => (window as unknown as { told: unknown }).told))
      .toMatchObject({ settings: { theme: 'dark' }, info: { language: 'en' } });
    expect((await applicationMenu(first.app)).map((top) => top.label)[0]).toBe('File');
    expect(await first.app.evaluate(({ nativeTheme }) => nativeTheme.shouldUseDarkColors)).toBe(true);
    await first.close();
    expect(statSync(join(userData, 'settings.json')).mode & 0o077).toBe(0);

    const second = await launch({ userData });
    const kept = await second.page.evaluate(() => window.oscaro.calls['settings.get'](undefined));
    expect(kept).toMatchObject({ ok: true, value: { language: 'en', theme: 'dark' } });
  });

  test('that are damaged are set aside, and the app starts with defaults', async ({ launch, userData }) => {
    writeFileSync(join(userData, 'settings.json'), '{"theme": "dark", "lang');
    writeFileSync(join(userData, 'window.json'), '{"x": "left"}');
    const { page, close } = await launch({ userData });
    const settings = await page.evaluate(() => window.oscaro.calls['settings.get'](undefined));
    expect(settings).toMatchObject({ ok: true, value: { language: 'system', theme: 'system' } });
    expect(readFileSync(join(userData, 'settings.json.damaged'), 'utf8')).toContain('"lang');
    expect(existsSync(join(userData, 'settings.json'))).toBe(false);
    await close();
    expect(readFileSync(join(userData, 'logs', 'main.log'), 'utf8')).toMatch(/settings were damaged/);
  });
});

test.describe('the window', () => {
  test('comes back where it was, with the size it had', async ({ launch, userData }) => {
    const bounds = { x: 40, y: 60, width: 1000, height: 700 };
    const first = await launch({ userData });
    await first.app.evaluate(
      ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]!.setBounds(to),
      bounds,
    );
    await first.close();
    const second = await launch({ userData });
    const found = await second.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]!.getBounds(),
    );
    expect(found).toEqual(bounds);
  });

  test('is shown once the page has painted, on a background of its theme', async ({ launch }) => {
    const { app } = await launch();
    const visible = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.isVisible());
    await expect.poll(visible).toBe(true);
    await app.evaluate(({ nativeTheme }) => {
      nativeTheme.themeSource = 'dark';
    });
    const color = () =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getBackgroundColor());
    await expect.poll(color).toMatch(/^#0f1519$/i);
  });

  test('is loaded again when its page crashes, and says so', async ({ launch }) => {
    const { app, page } = await launch({ expectedProblems: [/ended unexpectedly/] });
    const shown = app.evaluate(
      ({ dialog }) =>
        new Promise<string>((resolve) => {
          dialog.showMessageBox = ((_window: unknown, options: { message: string }) => {
            resolve(options.message);
            return Promise.resolve({ response: 0, checkboxChecked: false });
          }) as typeof dialog.showMessageBox;
        }),
    );
    const crashed = page.waitForEvent('crash');
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer(),
    );
    await crashed;
    expect(await shown).toBe('La fenêtre a dû être rechargée');
    const answers = () =>
      app.evaluate(
        ({ BrowserWindow }) =>
          BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript(
            `document.readyState === 'complete' && window.oscaro.calls['app.info']().then((info) => info.ok)`,
          ) as Promise<unknown>,
      );
    await expect.poll(answers).toBe(true);
  });
});

test.describe('the engine', () => {
  test('is started again when it dies, and answers as before', async ({ launch, userData }) => {
    const { app, page, close } = await launch({ userData });
    const session = () => page.evaluate(() => window.oscaro.calls['session.get'](undefined));
    await expect.poll(session).toMatchObject({ ok: true });
    const before = await session();
    await endWorkers(app);
    await expect.poll(session).toEqual(before);
    await close();
    expect(readFileSync(join(userData, 'logs', 'main.log'), 'utf8')).toContain('the engine is started again');
  });
});

test.describe('starting and ending', () => {
  test('a second start brings the first to the front and ends', async ({ launch, userData }) => {
    const { app } = await launch({ userData });
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.minimize());
    const second = await spawnApp(userData).ended;
    expect(second.code).toBe(0);
    const front = () =>
      app.evaluate(({ BrowserWindow }) => {
        const windows = BrowserWindow.getAllWindows();
        return windows.length === 1 && windows[0]!.isVisible() && !windows[0]!.isMinimized();
      });
    await expect.poll(front).toBe(true);
  });

  test('--screenshot writes a picture of the first screen and ends', async ({ userData }) => {
    const file = join(userData, 'first.png');
    const { code, output } = await spawnApp(userData, { args: [`--screenshot=${file}`] }).ended;
    expect(code, output).toBe(0);
    const png = readFileSync(file);
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect(png.readUInt32BE(16)).toBeGreaterThanOrEqual(900);
    // An empty window of that size compresses to 5 kB.
    expect(png.length).toBeGreaterThan(20_000);
    expect(readdirSync(userData).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('--screenshot into a place that cannot be written fails', async ({ userData }) => {
    const file = join(userData, 'missing');
    writeFileSync(file, '');
    const { code } = await spawnApp(userData, { args: [`--screenshot=${file}/a.png`] }).ended;
    expect(code).toBe(1);
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    test(`${signal} ends it cleanly, with all its processes`, async ({ userData }) => {
      const running = spawnApp(userData);
      await running.says(/first screen painted/);
      const family = [running.pid, ...descendantsOf(running.pid)];
      expect(family.length).toBeGreaterThan(2);
      running.signal(signal);
      const end = await running.ended;
      expect([end.code, end.signal]).toEqual([0, null]);
      await expect.poll(() => family.filter(isRunning)).toEqual([]);
    });
  }

  test('the log holds no personal data and is readable by its owner only', async ({ userData }) => {
    const running = spawnApp(userData);
    await running.says(/first screen painted/);
    running.signal('SIGTERM');
    await running.ended;
    const file = join(userData, 'logs', 'main.log');
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(readFileSync(file, 'utf8')).not.toMatch(/@|\/home\/(?!\[user\])|\/root/);
  });
});
