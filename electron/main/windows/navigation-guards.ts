import type { App, Session, WebContents } from 'electron';
import type { Log } from '#main/platform/logging.ts';

/**
 * For every web contents that will ever exist, before it loads anything: no navigation, no new window, no webview. The
 * page is one document; links that lead outside are opened by the shell, from data that the shell has, never from here.
 */
export function guardAllContents(app: App, log: Log): void {
  app.on('web-contents-created', (_, contents) => {
    contents.on('will-navigate', (event) => {
      if (isReload(contents, event.url)) return;
      event.preventDefault();
      log('warn', 'a navigation was refused', { protocol: protocolOf(event.url) });
    });
    contents.on('will-frame-navigate', (event) => {
      if (event.isMainFrame && isReload(contents, event.url)) return;
      event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      log('warn', 'a new window was refused', { protocol: protocolOf(url) });
      return { action: 'deny' };
    });
  });
}

/** The page needs no permission at all: the clipboard is written by the shell, and nothing else is asked for. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/** The development server reloads its own page; a built app never navigates by itself. */
function isReload(contents: WebContents, url: string): boolean {
  return protocolOf(url) === 'http:' && contents.getURL().split('#')[0] === url.split('#')[0];
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : '(none)';
}
