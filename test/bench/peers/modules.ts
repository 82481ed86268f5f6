import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheDir } from '#scripts/lib/cache-dir.ts';
import { fingerprint } from '#scripts/lib/fingerprint.ts';

const packages = join(import.meta.dirname, 'packages');

/** Installs the peers, pinned by their own lockfile, into the cache; answers the folder. */
export function installPeers(): string {
  const hash = fingerprint(packages, { include: ['package.json', 'package-lock.json'] });
  const folder = join(cacheDir(), 'bench', `peers-${hash.slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  const making = `${folder}.${process.pid}`;
  mkdirSync(making, { recursive: true });
  try {
    for (const file of ['package.json', 'package-lock.json'])
      cpSync(join(packages, file), join(making, file));
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: making,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
    renameSync(making, folder);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return folder;
}

/** A package of that folder. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- its types are not here: it is no package of this project
export async function peerModule(folder: string, name: string): Promise<any> {
  const path = createRequire(join(folder, 'package.json')).resolve(name);
  return await import(pathToFileURL(path).href);
}
