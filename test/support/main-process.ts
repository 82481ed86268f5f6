import type { ElectronApplication } from '@playwright/test';

export interface MenuEntry {
  id: string;
  label: string;
  accelerator: string;
  enabled: boolean;
}

/**
 * Reads something in the main process. V8 may collect the promise that Playwright waits for before it is kept, most often while an app
 * starts (microsoft/playwright#33737): what only reads is asked once more.
 */
async function readInMain<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('promise was garbage collected'))) throw error;
    return read();
  }
}

/** The application menu as people see it: each top entry with what is visible below it. */
export function applicationMenu(
  app: ElectronApplication,
): Promise<Array<MenuEntry & { items: MenuEntry[] }>> {
  return readInMain(() => menuOf(app));
}

function menuOf(app: ElectronApplication): Promise<Array<MenuEntry & { items: MenuEntry[] }>> {
  return app.evaluate(({ Menu }) => {
    const entry = (item: Electron.MenuItem) => ({
      id: item.id ?? '',
      label: item.label,
      accelerator: String(item.accelerator ?? ''),
      enabled: item.enabled,
    });
    const visible = (item: Electron.MenuItem): boolean => item.visible && item.type !== 'separator';
    return (Menu.getApplicationMenu()?.items ?? []).map((item) => ({
      ...entry(item),
      items: (item.submenu?.items ?? []).filter(visible).map(entry),
    }));
  });
}

/** Chooses an entry of the application menu by its id, as a click would. */
export function chooseMenuItem(app: ElectronApplication, id: string): Promise<void> {
  return app.evaluate(({ Menu }, wanted) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
    if (!item) throw new Error(`no menu item ${wanted}`);
    item.click();
  }, id);
}

/** Ends every worker thread of the main process from inside, as a crash would: found through Node's own inspector. */
export function endWorkers(app: ElectronApplication): Promise<void> {
  return app.evaluate(async () => {
    const { Session } = process.getBuiltinModule('node:inspector');
    const inspector = new Session();
    inspector.connect();
    const ended = new Promise<void>((resolve) =>
      inspector.on('NodeWorker.detachedFromWorker', () => resolve()),
    );
    inspector.on('NodeWorker.attachedToWorker', ({ params }) => {
      const message = JSON.stringify({
        id: 1,
        method: 'Runtime.evaluate',
        params: { expression: 'process.exit(7)' },
      });
      inspector.post('NodeWorker.sendMessageToWorker', { sessionId: params.sessionId, message });
    });
    inspector.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
    await ended;
    inspector.disconnect();
  });
}
