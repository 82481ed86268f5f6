import type { BrowserWindow } from 'electron';
import { writeFileAtomically } from './json-file.ts';
import { describeError, type Log } from './logging.ts';

/** A first screen that takes longer than this is not coming. */
const paintLimitMs = 60_000;

/** For `--screenshot=FILE`: a picture of the first screen, then the end; the exit code says whether there is one. */
export function createScreenshot(
  file: string,
  window: () => BrowserWindow | undefined,
  quit: (exitCode: number) => void,
  log: Log,
): { take: () => Promise<void> } {
  const timer = setTimeout(() => {
    log('error', 'no screen was painted in time for a screenshot');
    quit(1);
  }, paintLimitMs);
  return {
    take: async () => {
      clearTimeout(timer);
      try {
        await capture(window(), file);
        quit(0);
      } catch (error) {
        log('error', 'the screenshot could not be taken', { error: describeError(error) });
        quit(1);
      }
    },
  };
}

/** What was painted while the window was hidden is not on the screen yet: two frames later it is, fonts included. */
const nextFrames = `document.fonts.ready.then(() => new Promise((resolve) =>
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(true)))))`;

/** Frames to wait for before giving up: a busy machine needs a handful. */
const mostAttempts = 100;

/** As PNG; the file appears whole or not at all. */
async function capture(window: BrowserWindow | undefined, file: string): Promise<void> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    await window?.webContents.executeJavaScript(nextFrames);
    const image = await window?.webContents.capturePage();
    if (!image || image.isEmpty()) throw new Error('the window gave no picture');
    // A window that was just shown may still have nothing but its background on the screen.
    if (isOneColour(image.toBitmap())) continue;
    writeFileAtomically(file, image.toPNG());
    return;
  }
  throw new Error('the window stayed empty');
}

/** Of pixels of four bytes each. */
export function isOneColour(bitmap: Buffer): boolean {
  const first = bitmap.readUInt32LE(0);
  for (let at = 4; at + 4 <= bitmap.length; at += 4) if (bitmap.readUInt32LE(at) !== first) return false;
  return true;
}
