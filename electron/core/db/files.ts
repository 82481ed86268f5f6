import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const SIDE_FILES = ['-wal', '-shm', '-journal'];

/** Moves a damaged database out of the way, for support to look at; of older ones nothing is kept. */
export function setAside(path: string, now: number): void {
  removeSetAside(path);
  const stamp = new Date(now).toISOString().replace(/[:.]/g, '-');
  if (existsSync(path)) renameSync(path, `${path}.damaged-${stamp}`);
  // A log that belongs to the damaged file must not be replayed into its successor.
  for (const side of SIDE_FILES) rmSync(path + side, { force: true });
}

function removeSetAside(path: string): void {
  const prefix = `${basename(path)}.damaged-`;
  for (const name of readdirSync(dirname(path))) {
    if (name.startsWith(prefix)) rmSync(join(dirname(path), name), { force: true });
  }
}
