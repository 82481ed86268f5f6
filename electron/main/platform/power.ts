import { net, powerMonitor, type BrowserWindow } from 'electron';

export type Hint = 'resumed' | 'network' | 'visible' | 'hidden';

/** Chromium knows whether there is a network but does not tell the main process when that changes. */
const networkLookMs = 5_000;

/** Tells when trying again is likely to succeed, and whether somebody looks. Returns how to stop. */
export function watchSurroundings(window: BrowserWindow, hint: (kind: Hint) => void): () => void {
  const resumed = (): void => hint('resumed');
  powerMonitor.on('resume', resumed);
  powerMonitor.on('unlock-screen', resumed);

  let online = net.isOnline();
  const timer = setInterval(() => {
    const now = net.isOnline();
    if (now && !online) hint('network');
    online = now;
  }, networkLookMs);

  window.on('focus', () => hint('visible'));
  window.on('restore', () => hint('visible'));
  window.on('minimize', () => hint('hidden'));
  window.on('hide', () => hint('hidden'));
  return () => {
    clearInterval(timer);
    powerMonitor.off('resume', resumed);
    powerMonitor.off('unlock-screen', resumed);
  };
}

/** On Linux no event tells that the screen was locked; the desktop can be asked. */
const screenLookMs = 5_000;
/** What counts as idle does not matter here, only what counts as locked. */
const IDLE_S = 3600;

/** Tells when the computer goes to sleep or its screen is locked, and when it is back. `wanted`: whether anybody has to know. */
export function watchAbsence({
  wanted,
  left,
  back,
}: {
  wanted: () => boolean;
  left: () => void;
  back: () => void;
}): void {
  powerMonitor.on('suspend', left);
  powerMonitor.on('lock-screen', left);
  powerMonitor.on('resume', back);
  powerMonitor.on('unlock-screen', back);
  if (process.platform !== 'linux') return;
  setInterval(() => {
    if (wanted() && powerMonitor.getSystemIdleState(IDLE_S) === 'locked') left();
  }, screenLookMs);
}
