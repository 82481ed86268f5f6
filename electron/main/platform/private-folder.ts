import { chmodSync, mkdirSync } from 'node:fs';
import { describeError, type Log } from './logging.ts';

/**
 * Closes the app's folder to everybody else on this computer. Chromium keeps files of its own in it that others may
 * read, and a folder may have been made, or brought back from a backup, with other rights.
 */
export function keepPrivate(folder: string, log: Log): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // No effect on Windows, where a person's folder is theirs by inheritance.
    chmodSync(folder, 0o700);
  } catch (error) {
    // Some file systems know no rights: the app is of use there all the same.
    log('warn', 'the folder could not be closed to others', { error: describeError(error) });
  }
}
