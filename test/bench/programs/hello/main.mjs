// eslint-disable-next-line no-restricted-imports -- this is an Electron app of its own
import { BrowserWindow, app } from 'electron';

// The floor of every Electron app: one window, sandboxed as ours is, with a page of one word.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
void app.whenReady().then(async () => {
  const window = new BrowserWindow({ width: 1280, height: 800, show: true });
  await window.loadURL('data:text/html,<!doctype html><title>hello</title><body>hello');
});
app.on('window-all-closed', () => app.quit());
