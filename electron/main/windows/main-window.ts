import { BrowserWindow, nativeTheme, screen, type WebPreferences } from 'electron';
import { readJsonFile, writeJsonFile } from '#main/platform/json-file.ts';
import { describeError, type Log } from '#main/platform/logging.ts';
import { minimumSize, placeWindow, WindowState } from './window-bounds.ts';

/** The page's own background, so that the window never flashes white before its first paint. */
const backgrounds = { light: '#f6f7f8', dark: '#0f1519' };

export function secureWebPreferences(preload?: string): WebPreferences {
  return {
    ...(preload ? { preload } : {}),
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  };
}

export interface MainWindowOptions {
  title: string;
  preload: string;
  icon: string | undefined;
  stateFile: string;
  devTools: boolean;
  log: Log;
}

/** Makes the window, hidden until the page says that it has painted. */
export function createMainWindow(options: MainWindowOptions): BrowserWindow {
  const found = readJsonFile(options.stateFile, WindowState);
  if (found.state === 'damaged')
    options.log('warn', 'the window state was damaged', { reason: found.reason });
  const saved = found.state === 'read' ? found.value : undefined;
  const place = placeWindow(
    saved,
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...place,
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    show: false,
    title: options.title,
    backgroundColor: backgroundColor(),
    ...(options.icon ? { icon: options.icon } : {}),
    webPreferences: { ...secureWebPreferences(options.preload), devTools: options.devTools },
  });
  // Not before it is shown, because maximizing shows.
  if (saved?.maximized) window.once('show', () => window.maximize());
  rememberBounds(window, options);
  followTheme(window);
  return window;
}

function rememberBounds(window: BrowserWindow, { stateFile, log }: MainWindowOptions): void {
  window.on('close', () => {
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    try {
      writeJsonFile(stateFile, state);
    } catch (error) {
      log('warn', 'the window state could not be kept', { error: describeError(error) });
    }
  });
}

function followTheme(window: BrowserWindow): void {
  const update = (): void => window.setBackgroundColor(backgroundColor());
  nativeTheme.on('updated', update);
  window.once('closed', () => nativeTheme.off('updated', update));
}

function backgroundColor(): string {
  return nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light;
}
