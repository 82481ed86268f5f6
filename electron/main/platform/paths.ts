import { app } from 'electron';
import { join } from 'node:path';

const inApp = (...parts: string[]): string => join(app.getAppPath(), ...parts);
const inUserData = (...parts: string[]): string => join(app.getPath('userData'), ...parts);

/** What the build put where; see electron.vite.config.ts. */
export const built = {
  renderer: () => inApp('out', 'renderer'),
  preload: () => inApp('out', 'preload', 'index.cjs'),
  engineWorker: () => inApp('out', 'main', 'engine-worker.js'),
  icon: () => inApp('resources', 'icon.png'),
};

/** What the app keeps on this computer. */
export const kept = {
  root: () => inUserData(),
  settings: () => inUserData('settings.json'),
  windowState: () => inUserData('window.json'),
  secrets: () => inUserData('secrets'),
  logs: () => inUserData('logs'),
  engine: () => inUserData('accounts'),
  openedInvoices: () => inUserData('opened'),
};

export const platformName =
  process.platform === 'win32' ? 'windows' : process.platform === 'darwin' ? 'macos' : 'linux';
