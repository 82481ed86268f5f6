import { existsSync } from 'node:fs';

import { fingerprint } from '#scripts/lib/fingerprint.ts';
import { Failure } from '#scripts/lib/failure.ts';
import { withLock } from '#scripts/lib/lock.mjs';
import { inRepo } from '#scripts/lib/repo.ts';
import { run } from '#scripts/lib/run.ts';
import { stampMatches, writeStamp } from '#scripts/lib/stamp.ts';
import { say } from '#scripts/lib/step.ts';

const SOURCES = [
  'electron',
  'renderer',
  'shared',
  'service',
  'resources',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
];

/** Builds the app into out/, unless what is there was built from the same sources. */
export async function ensureBuilt(): Promise<void> {
  await withLock(
    inRepo('.cache', 'build.lock'),
    async () => {
      const sources = fingerprint(inRepo(), { include: SOURCES, skip: isNotBuilt });
      const stamp = inRepo('out', '.stamp');
      if (existsSync(inRepo('out', 'main', 'index.js')) && stampMatches(stamp, sources)) return;
      say('Building the app');
      const cli = inRepo('node_modules', 'electron-vite', 'bin', 'electron-vite.js');
      const env = { ...process.env, NODE_ENV: 'production' };
      const { code, output } = await run(process.execPath, [cli, 'build'], { cwd: inRepo(), env });
      if (code !== 0) throw new Failure(`The app could not be built:\n${output}`);
      writeStamp(stamp, sources);
    },
    () => say('Waiting for another build to finish'),
  );
}

function isNotBuilt(path: string): boolean {
  return /\.test\.ts$/.test(path) || /(^|\/)(generated|cache|tsconfig\.json)$/.test(path);
}
