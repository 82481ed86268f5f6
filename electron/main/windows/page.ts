import { type BrowserWindow, type WebContents } from 'electron';
import type { EventPayload } from '#shared/ipc/contract.ts';
import type { EventName } from '#shared/ipc/names.ts';

/** The one window of the app, as the rest of the shell sees it: there, or (on macOS, or at the end) not. */
export interface Page {
  window: () => BrowserWindow | undefined;
  send: <E extends EventName>(event: E, payload: EventPayload<E>) => void;
  /** Loads the page anew: nothing that it held outlives that. */
  startAnew: () => void;
  /** Opens the window, or brings the open one to the front. */
  bringUp: () => void;
  /** Shows what has been painted; until then the window is hidden. */
  reveal: () => void;
  /** Whose calls are answered: the window's page, and the hidden page of an invoice that is being printed. */
  contents: () => readonly WebContents[];
  adopt: (contents: WebContents) => void;
}

/** When the page never says that it has painted, what there is beats an app that seems not to start. */
const revealAtLatestMs = 5_000;

export function createPage(open: () => BrowserWindow): Page {
  let window: BrowserWindow | undefined;
  const adopted = new Set<WebContents>();

  const reveal = (): void => {
    if (!window || window.isVisible()) return;
    window.show();
  };

  const openWindow = (): void => {
    const opened = open();
    window = opened;
    const timer = setTimeout(reveal, revealAtLatestMs);
    opened.webContents.once('did-fail-load', reveal);
    opened.once('closed', () => {
      clearTimeout(timer);
      if (window === opened) window = undefined;
    });
  };

  return {
    window: () => window,
    send: (event, payload) => {
      if (window && !window.webContents.isDestroyed()) window.webContents.send('events', event, payload);
    },
    startAnew: () => window?.webContents.reload(),
    bringUp: () => {
      if (!window) return openWindow();
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    reveal,
    contents: () => [...(window ? [window.webContents] : []), ...adopted],
    adopt: (contents) => {
      adopted.add(contents);
      contents.once('destroyed', () => adopted.delete(contents));
    },
  };
}
