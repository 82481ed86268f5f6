import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { cacheDir } from '#scripts/lib/cache-dir.ts';
import { Failure } from '#scripts/lib/failure.ts';
import { fingerprint } from '#scripts/lib/fingerprint.ts';
import { npm } from '#scripts/lib/npm.mjs';
import { run } from '#scripts/lib/run.ts';
import { say } from '#scripts/lib/step.ts';

const packages = join(import.meta.dirname, 'tools');

/** Installs the scanners, pinned by their own lockfile, into the cache; answers the folder. Their hundreds of packages stay out of ours. */
export async function installTools(): Promise<string> {
  const folder = join(cacheDir(), `audit-${fingerprint(packages, { include: ['.'] }).slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  say('Installing the scanners (once)');
  await mkdir(cacheDir(), { recursive: true });
  const making = await mkdtemp(join(cacheDir(), 'audit-'));
  try {
    await cp(packages, making, { recursive: true });
    const { command, args } = npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
    const { code, output } = await run(command, args, { cwd: making, shell: process.platform === 'win32' });
    if (code !== 0) throw new Failure(`The scanners could not be installed:\n${output}`);
    await rename(making, folder);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return folder;
}
