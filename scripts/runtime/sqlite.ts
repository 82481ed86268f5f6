import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

import { cacheDir } from '#scripts/lib/cache-dir.ts';
import { Failure } from '#scripts/lib/failure.ts';
import { withLock } from '#scripts/lib/lock.mjs';
import { inRepo } from '#scripts/lib/repo.ts';
import { run } from '#scripts/lib/run.ts';
import { say } from '#scripts/lib/step.ts';
import { ensurePackages } from './system-packages.ts';
import { withoutNpmConfig } from './without-npm-config.ts';

// The prebuilt addon asks for Node-API 10 and crashes a runtime that has 9, as Electron 33 does. Built with every
// version-10 call declared as still experimental, it runs on 9 and above.
const COMPILER_FLAGS = [
  '-UNAPI_VERSION',
  '-DNAPI_VERSION=2147483647',
  '-DNAPI_EXPERIMENTAL',
  '-DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT',
  '-include experimental.h',
].join(' ');
const COMPILER_PACKAGES = ['g++', 'make', 'python3'];
const require = createRequire(import.meta.url);

/**
 * Makes better-sqlite3 (the build with encryption, under its usual name) work in the fallback runtime: builds its addon from source once
 * (cached outside the checkout) and puts it in the place of the prebuilt one, where the package looks first. Node 24 loads the same file.
 */
export async function ensureSqliteForFallback(electron: string): Promise<void> {
  const packageDir = inRepo('node_modules', 'better-sqlite3');
  const { version } = require('better-sqlite3/package.json') as { version: string };
  const platform = `${process.platform}-${process.arch}`;
  const built = join(cacheDir(), `better-sqlite3-multiple-ciphers-${version}-napi9-${platform}`);
  const cached = join(built, 'better_sqlite3.node');
  if (!existsSync(cached)) {
    await withLock(
      `${built}.lock`,
      async () => {
        if (!existsSync(cached)) await build(packageDir, built, electron);
      },
      () => say('Waiting for another set-up to finish building better-sqlite3'),
    );
  }
  const target = join(packageDir, 'prebuilds', `${platform}.node`);
  if (await sameContent(cached, target)) return;
  // Renamed into place: a program that has the old file open keeps a whole one.
  await copyFile(cached, `${target}.new`);
  await rename(`${target}.new`, target);
}

async function build(packageDir: string, targetDir: string, electron: string): Promise<void> {
  await ensurePackages(COMPILER_PACKAGES, 'to build better-sqlite3');
  say('Building better-sqlite3 for this runtime (once, 1 to 2 minutes)');
  await mkdir(cacheDir(), { recursive: true });
  const work = await mkdtemp(join(cacheDir(), 'building-'));
  try {
    const source = join(work, 'better-sqlite3');
    // Without the prebuilt addons, so that what is tried out below is what was built.
    await cp(packageDir, source, {
      recursive: true,
      filter: (path) => path !== join(packageDir, 'prebuilds'),
    });
    const { code, output } = await run(
      process.execPath,
      [
        require.resolve('node-gyp/bin/node-gyp.js'),
        'rebuild',
        '--release',
        '--force_build=1',
        `--nodedir=${await headers(work)}`,
      ],
      {
        cwd: source,
        env: {
          ...withoutNpmConfig(process.env),
          CXXFLAGS: COMPILER_FLAGS,
          // The build asks `node` where node-addon-api is, from a folder outside the checkout.
          NODE_PATH: inRepo('node_modules'),
          PATH: [inRepo('node_modules', '.bin'), process.env['PATH']].join(delimiter),
        },
      },
    );
    if (code !== 0) throw new Failure(`better-sqlite3 could not be built:\n${output}`);
    const result = join(work, 'result');
    await mkdir(result);
    await copyFile(
      join(source, 'build', 'Release', 'better_sqlite3.node'),
      join(result, 'better_sqlite3.node'),
    );
    await tryOut(source, electron);
    await rename(result, targetDir);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** A folder laid out like an installed Node, with the Node-API headers alone. */
async function headers(work: string): Promise<string> {
  const include = join(work, 'headers', 'include', 'node');
  await cp((require('node-api-headers') as { include_dir: string }).include_dir, include, {
    recursive: true,
  });
  await cp(join(import.meta.dirname, 'sqlite-build'), include, { recursive: true });
  return join(work, 'headers');
}

/** Uses a database in the runtime itself, garbage collection included, so that a bad build is never kept. */
async function tryOut(builtPackage: string, electron: string): Promise<void> {
  const program = `
    const Database = require(${JSON.stringify(builtPackage)});
    for (let i = 0; i < 3; i++) {
      const db = new Database(${JSON.stringify(join(builtPackage, 'try-out.db'))});
      db.pragma("cipher = 'aegis'");
      db.key(Buffer.from('raw:' + '0'.repeat(64)));
      db.exec('CREATE TABLE IF NOT EXISTS t (a)');
      db.function('twice', (n) => 2 * n);
      for (let j = 0; j < 100; j++) for (const row of db.prepare('SELECT twice(1) UNION SELECT 3').iterate()) row;
      gc();
    }`;
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { code, output } = await run(electron, ['--expose-gc', '-e', program], { env });
  if (code !== 0) throw new Failure(`better-sqlite3 was built, but does not work in the runtime:\n${output}`);
}

async function sameContent(a: string, b: string): Promise<boolean> {
  if (!existsSync(b)) return false;
  const [left, right] = await Promise.all([readFile(a), readFile(b)]);
  return left.equals(right);
}
