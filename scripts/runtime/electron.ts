import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { Failure } from '#scripts/lib/failure.ts';
import { say } from '#scripts/lib/step.ts';
import { FALLBACK_VERSION, fallbackRuntime } from './fallback.ts';
import { binaryPath, officialRuntime } from './official.ts';

export type ElectronRuntime = {
  readonly executable: string;
  /** Undefined for a runtime that was named from outside. */
  readonly version: string | undefined;
  readonly kind: 'override' | 'official' | 'fallback';
  /** One line for the person at the terminal. */
  readonly note: string;
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Finds the Electron to run, in this order: the folder named by ELECTRON_OVERRIDE_DIST_PATH, the official download,
 * and on Linux x64 the one inside a registry package. OSCARO_RUNTIME=official|fallback leaves no choice.
 */
export async function resolveElectron(env: Environment = process.env): Promise<ElectronRuntime> {
  const overrideDir = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (overrideDir) return overriddenRuntime(overrideDir);
  const wanted = wantedKind(env);
  if (wanted !== 'fallback') {
    const official = await officialRuntime({ forced: wanted === 'official' });
    if (official.ok)
      return { ...official.runtime, kind: 'official', note: `Electron ${official.runtime.version}` };
    if (wanted === 'official' || !fallbackSuits()) throw noRuntime(official.reason);
    if (official.fresh)
      say(`Electron's download host cannot be used (${official.reason}); not asked again for a day`);
  } else if (!fallbackSuits()) {
    throw noRuntime('OSCARO_RUNTIME=fallback works on Linux x64 only');
  }
  const { executable } = await fallbackRuntime();
  const note = `Electron ${FALLBACK_VERSION}, a runtime for development and tests only: users get the official one`;
  return { executable, version: FALLBACK_VERSION, kind: 'fallback', note };
}

function overriddenRuntime(dir: string): ElectronRuntime {
  const executable = join(resolve(dir), binaryPath());
  if (!existsSync(executable)) {
    throw new Failure(
      `ELECTRON_OVERRIDE_DIST_PATH is ${dir}, but there is no ${binaryPath()} in that folder.`,
    );
  }
  return { executable, version: undefined, kind: 'override', note: `Electron from ${dir}` };
}

function wantedKind(env: Environment): 'official' | 'fallback' | undefined {
  const wanted = env['OSCARO_RUNTIME'];
  if (!wanted) return undefined;
  if (wanted === 'official' || wanted === 'fallback') return wanted;
  throw new Failure(`OSCARO_RUNTIME is ${wanted}: it can be official or fallback.`);
}

function fallbackSuits(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

function noRuntime(reason: string): Failure {
  return new Failure(
    `No Electron to run on ${process.platform} ${process.arch}: ${reason}.\n` +
      'Ways out: allow the download host, name a mirror in ELECTRON_MIRROR, or unpack Electron yourself and name ' +
      'its folder in ELECTRON_OVERRIDE_DIST_PATH.',
  );
}
