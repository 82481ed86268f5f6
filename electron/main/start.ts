import { app, clipboard, session, shell } from 'electron';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { startEngine } from '#core/client.ts';
import { systemClock } from '#core/env.ts';
import { demoAccounts } from '#shared/ipc/demo-accounts.ts';
import type { LockState } from '#shared/ipc/lock.ts';
import type { AppInfo } from '#shared/ipc/settings.ts';
import { handlersByAccount } from './handlers/all.ts';
import { asRemote } from './handlers/engine.ts';
import { createDispatch } from './ipc/dispatch.ts';
import { registerCalls } from './ipc/register.ts';
import { createAutoLock } from './platform/auto-lock.ts';
import { createOpenDialog, createSaveDialog } from './platform/dialogs.ts';
import { createDeepLinks, deepLinkScheme } from './platform/deep-link.ts';
import { createExternalOpener } from './platform/external.ts';
import type { Launch } from './platform/launch.ts';
import { closeBeforeQuit, logUncaught } from './platform/lifecycle.ts';
import { describeError, openLog } from './platform/logging.ts';
import { fetchNoDictionaries, keepChromiumOffTheNetwork } from './platform/no-network.ts';
import { built, kept, platformName } from './platform/paths.ts';
import { watchAbsence, watchSurroundings } from './platform/power.ts';
import { openPreferences } from './platform/preferences.ts';
import { keepPrivate } from './platform/private-folder.ts';
import { safeStorageCipher } from './platform/safe-storage.ts';
import { createScreenshot } from './platform/screenshot.ts';
import { createSecrets } from './platform/secrets.ts';
import { testKeyring } from './platform/test-keyring.ts';
import { appOrigin, registerAppScheme, serveAppProtocol } from './windows/app-protocol.ts';
import { createApplicationMenu } from './windows/application-menu.ts';
import { offerContextMenu } from './windows/context-menu.ts';
import { recoverFromCrashes } from './windows/crash-recovery.ts';
import { createMainWindow } from './windows/main-window.ts';
import { denyPermissions, guardAllContents } from './windows/navigation-guards.ts';
import { createPage } from './windows/page.ts';
import { printInvoice } from './windows/print-window.ts';

/** Everything that happens when the app starts, in the order in which it happens. */
export function start(launch: Launch): void {
  const { log, flush } = openLog(kept.logs(), { console: !app.isPackaged });
  logUncaught(log, flush);
  for (const folder of [kept.root(), kept.logs()]) keepPrivate(folder, log);

  const origin = launch.devServerUrl ? new URL(launch.devServerUrl).origin : appOrigin;

  // As root there is no sandbox to enable, and asking for it would end every page's process at once.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  if (app.isPackaged) keepChromiumOffTheNetwork(app);
  registerAppScheme();
  guardAllContents(app, log);

  // The engine opens its database on its own thread while Chromium gets ready on ours.
  const preferences = openPreferences(launch, log);
  const cipher = launch.testKeyring ? testKeyring(launch.testKeyring) : safeStorageCipher;
  const secrets = createSecrets(kept.secrets(), cipher, log);
  const thread = startEngine({
    worker: built.engineWorker(),
    options: {
      folder: kept.engine(),
      settings: preferences.forEngine(),
      device: { name: hostname(), platform: platformName, appVersion: app.getVersion() },
    },
    host: { loadSecret: secrets.load, saveSecret: secrets.save, deleteSecret: secrets.delete, log },
  });
  const engine = asRemote(thread.handlers);
  const close = async (): Promise<void> => {
    await thread.close();
    await flush();
  };
  const quit = closeBeforeQuit(app, close, log);
  const hint = (kind: 'resumed' | 'network' | 'visible' | 'hidden') => void engine['sync.hint']({ kind });

  const autoLock = createAutoLock({
    clock: systemClock,
    settings: preferences.store.get,
    lock: () => {
      void engine['lock.now'](undefined).then((done) => {
        if (!done.ok) log('warn', 'the app could not be locked', { error: done.error.kind });
      });
    },
  });

  const page = createPage(() => {
    const window = createMainWindow({
      title: app.getName(),
      preload: built.preload(),
      icon: process.platform === 'darwin' ? undefined : built.icon(),
      stateFile: kept.windowState(),
      devTools: !app.isPackaged,
      log,
    });
    offerContextMenu(window.webContents, preferences.language);
    recoverFromCrashes(window, {
      language: preferences.language,
      log,
      giveUp: () => quit(1),
      now: Date.now,
    });
    window.once('closed', watchSurroundings(window, hint));
    window.webContents.on('input-event', autoLock.input);
    let closing = false;
    window.once('close', () => (closing = true));
    window.loadURL(`${origin}/index.html`).catch((error: unknown) => {
      if (!closing) log('error', 'the page could not be loaded', { error: describeError(error) });
    });
    return window;
  });
  const menu = createApplicationMenu({
    language: preferences.language,
    send: (command) => page.send('command', { command }),
    choose: (id) => void engine['accounts.switch']({ id }),
  });

  for (const event of ['changed', 'sync.status', 'session', 'lock', 'job'] as const) {
    thread.on(event, (payload) => page.send(event, payload));
  }
  let lock: LockState | undefined;
  const followLock = (state: LockState): void => {
    lock = state;
    autoLock.follow(state);
    menu.update({ lockable: autoLock.wanted(), ...(state.locked ? { accounts: [] } : {}) });
  };
  thread.on('lock', followLock);
  const lookAtLock = async (): Promise<void> => {
    const state = await engine['lock.get'](undefined);
    if (state.ok) followLock(state.value);
  };
  void lookAtLock();
  const showAccounts = async (): Promise<void> => {
    const here = await engine['accounts.list'](undefined);
    if (here.ok && !lock?.locked) menu.update({ accounts: here.value.accounts });
  };
  // Copies for the viewer are the account's, and go with it.
  const forgetOpened = (): Promise<void> => rm(kept.openedInvoices(), { recursive: true, force: true });
  let shown: string | undefined;
  thread.on('session', (session) => {
    const now = 'account' in session ? session.account.id : undefined;
    menu.update({ signedIn: now !== undefined });
    void lookAtLock();
    void showAccounts();
    if (shown !== undefined && shown !== now)
      forgetOpened().catch((error: unknown) =>
        log('warn', 'copies of invoices stayed', { error: describeError(error) }),
      );
    shown = now;
  });

  const links = createDeepLinks(() => page.send('deep_link', {}), log);
  links.arrived(process.argv);

  const screenshot = launch.screenshotFile
    ? createScreenshot(launch.screenshotFile, page.window, quit, log)
    : undefined;
  let started = false;
  const painted = async (screen: string): Promise<void> => {
    page.reveal();
    if (started) return;
    started = true;
    log('info', 'first screen painted', { screen, ms: Math.round(performance.now()) });
    await screenshot?.take();
    // Nothing of this is needed to see and use the first screen.
    if (app.isPackaged) registerDeepLinks();
    await Promise.all([flush(), forgetOpened(), showAccounts()]);
  };

  const info = async (): Promise<AppInfo> => ({
    version: app.getVersion(),
    platform: platformName,
    language: preferences.language(),
    secretStorage: await cipher.storage(),
    ...(launch.demo ? { demo: demoOf(launch.inboxUrl) } : {}),
  });
  const handlersOf = handlersByAccount(
    {
      store: preferences.store,
      language: preferences.language,
      info,
      apply: async (settings) => {
        preferences.applyTheme();
        menu.update();
        autoLock.settingsChanged();
        await engine['settings.apply'](preferences.forEngine());
        page.send('settings', { settings, info: await info() });
      },
      locked: () => lock?.locked === true,
      painted: (screen) => {
        void painted(screen);
      },
      inboxUrl: launch.inboxUrl,
      takeDeepLink: links.take,
      startAnew: page.startAnew,
      // A promise on newer versions of Electron, nothing on older ones.
      copyText: async (text) => {
        await clipboard.writeText(text);
      },
      openExternal: createExternalOpener((url) => shell.openExternal(url), log),
      askWhereToSave: createSaveDialog(page.window, launch.testSaveDir),
      askWhichFile: createOpenDialog(page.window, launch.testOpenFile),
      openFile: (path) => shell.openPath(path),
      openedFolder: kept.openedInvoices(),
      print: (id) =>
        printInvoice(id, {
          url: `${origin}/print.html`,
          preload: built.preload(),
          adopt: page.adopt,
        }),
      today: () => new Date().toLocaleDateString('sv-SE'),
    },
    (accountId) => (accountId === undefined ? engine : asRemote(thread.handlersOf(accountId))),
  );
  registerCalls({
    dispatch: createDispatch(handlersOf, log, { checkOutput: !app.isPackaged }),
    ourOrigin: origin,
    ourContents: page.contents,
    log,
  });

  // Before that, the window is on its way anyway.
  const bringUp = (): void => {
    if (app.isReady()) page.bringUp();
  };
  app.on('second-instance', (_event, args) => {
    links.arrived(args);
    bringUp();
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    links.arrived([url]);
    bringUp();
  });
  app.on('activate', bringUp);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });

  const open = async (): Promise<void> => {
    await app.whenReady();
    preferences.applyTheme();
    denyPermissions(session.defaultSession);
    fetchNoDictionaries(session.defaultSession);
    serveAppProtocol(built.renderer());
    watchAbsence(autoLock);
    page.bringUp();
    menu.update();
  };
  open().catch((error: unknown) => {
    log('error', 'the app could not start', { error: describeError(error) });
    void flush().finally(() => app.exit(1));
  });
}

function demoOf(inboxUrl: string | undefined): AppInfo['demo'] {
  return {
    ...demoAccounts,
    accounts: [...demoAccounts.accounts],
    ...(inboxUrl === undefined ? {} : { inboxUrl }),
  };
}

/** On Linux the desktop entry of the installed package names the scheme; on macOS the bundle does too, for this copy of the app. */
function registerDeepLinks(): void {
  // Whatever follows the two dashes is an argument and no switch.
  if (process.platform === 'win32') app.setAsDefaultProtocolClient(deepLinkScheme, process.execPath, ['--']);
  if (process.platform === 'darwin') app.setAsDefaultProtocolClient(deepLinkScheme);
}
