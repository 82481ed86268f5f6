import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { Failure } from '#scripts/lib/failure.ts';
import { resolveElectron } from '#scripts/runtime/electron.ts';
import type { ElectronRuntime } from '#scripts/runtime/electron.ts';
import { fallbackRuntime } from '#scripts/runtime/fallback.ts';
import { binaryPath } from '#scripts/runtime/official.ts';
import { ensureSqliteForFallback } from '#scripts/runtime/sqlite.ts';

export type ElectronToPackage = {
  readonly dir: string;
  readonly version: string;
};

/** The Electron that a package is made from. The runtime for development never becomes one that users get. */
export async function electronToPackage({ forTests }: { forTests: boolean }): Promise<ElectronToPackage> {
  const runtime = await resolveElectron();
  if (runtime.kind !== 'fallback') {
    const dir = folderOf(runtime.executable);
    return {
      dir,
      version: runtime.version ?? readFileSync(join(dir, 'version'), 'utf8').trim(),
    };
  }
  if (!forTests) throw new Failure(notForUsers(runtime));
  await ensureSqliteForFallback(runtime.executable);
  const { pristineDir } = await fallbackRuntime();
  return { dir: pristineDir, version: runtime.version ?? '' };
}

function folderOf(executable: string): string {
  const depth = binaryPath().split('/').length;
  return Array.from({ length: depth }).reduce<string>(dirname, executable);
}

function notForUsers({ version }: ElectronRuntime): string {
  return (
    `Electron's download cannot be reached, and the one here (${version ?? 'of an unknown version'}) is for development ` +
    'and tests only: it gets no security updates, so no package for users is made from it.\n' +
    'Ways out: allow the download host, name a mirror in ELECTRON_MIRROR or a folder in ELECTRON_OVERRIDE_DIST_PATH, or ' +
    'make a package to try out with `npm run package -- --for-tests`.'
  );
}
