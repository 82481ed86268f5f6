import { _electron } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { appArgs, appEnvironment, electronExecutable } from '#test/support/electron.ts';
import type { Command } from '#shared/ipc/contract.ts';

/** The real build with its window, driven by Playwright; `data` is a folder of user data. */
export async function openWindow(
  data: string,
  serviceUrl: string,
): Promise<{ app: ElectronApplication; page: Page }> {
  const app = await _electron.launch({
    executablePath: electronExecutable(),
    args: appArgs(),
    env: appEnvironment(data, { serviceUrl }),
  });
  const page = await app.firstWindow();
  // Once something has a name to be clicked at, the page also listens to the menu.
  await page.locator('nav, form').first().waitFor();
  return { app, page };
}

/** What the native menu would say to the page. */
export function command(app: ElectronApplication, name: Command): Promise<void> {
  return app.evaluate(({ BrowserWindow }, chosen) => {
    BrowserWindow.getAllWindows()[0]?.webContents.send('events', 'command', { command: chosen });
  }, name);
}
