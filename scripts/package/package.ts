import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { ensureBuilt } from '#scripts/build/build.ts';
import { Failure } from '#scripts/lib/failure.ts';
import { fingerprint } from '#scripts/lib/fingerprint.ts';
import { withLock } from '#scripts/lib/lock.mjs';
import { inRepo } from '#scripts/lib/repo.ts';
import { run } from '#scripts/lib/run.ts';
import { stampMatches, writeStamp } from '#scripts/lib/stamp.ts';
import { say } from '#scripts/lib/step.ts';
import { electronToPackage } from './electron-to-package.ts';
import type { PackageOptions } from './options.ts';

const CONTENT = [
  'out',
  'resources/icon.png',
  'package.json',
  'package-lock.json',
  'electron-builder.yml',
  'scripts/package',
  'node_modules/better-sqlite3/prebuilds',
];

/** The package of this system, unpacked: made anew only when something in it has changed. Answers its folder. */
export async function ensurePackaged(options: PackageOptions): Promise<string> {
  await ensureBuilt();
  const electron = await electronToPackage(options);
  const output = options.forTests ? inRepo('.cache', 'packaged') : inRepo('dist');
  const stamp = join(output, '.stamp');
  const content = [electron.dir, electron.version, fingerprint(inRepo(), { include: CONTENT })].join(' ');
  await withLock(
    inRepo('.cache', 'package.lock'),
    async () => {
      if (!options.installers && existsSync(folderIn(output)) && stampMatches(stamp, content)) return;
      say('Packaging the app');
      await rm(output, { recursive: true, force: true });
      const { code, output: said } = await run(
        process.execPath,
        [
          inRepo('node_modules', 'electron-builder', 'cli.js'),
          ...(options.installers ? [] : ['--dir']),
          ...['--publish', 'never', '--config', 'electron-builder.yml', `-c.directories.output=${output}`],
          ...[`-c.electronDist=${electron.dir}`, `-c.electronVersion=${electron.version}`],
        ],
        { cwd: inRepo() },
      );
      if (code !== 0) throw new Failure(`The app could not be packaged:\n${said}`);
      writeStamp(stamp, content);
    },
    () => say('Waiting for another packaging to finish'),
  );
  return folderIn(output);
}

/** Where electron-builder puts what an installer would unpack. */
function folderIn(output: string): string {
  const arch = process.arch === 'x64' ? '' : `-${process.arch}`;
  if (process.platform === 'darwin') return join(output, `mac${arch}`);
  return join(output, `${process.platform === 'win32' ? 'win' : 'linux'}${arch}-unpacked`);
}
