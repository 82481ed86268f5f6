import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { cacheDir } from '#scripts/lib/cache-dir.ts';
import { withLock } from '#scripts/lib/lock.mjs';
import { say } from '#scripts/lib/step.ts';
import { unzip } from './unzip.ts';

const RELEASES = 'https://github.com/electron/electron/releases/download/';
const FIRST_ANSWER_MS = 8000;
const REMEMBER_MS = 24 * 60 * 60 * 1000;

export type OfficialResult =
  | { readonly ok: true; readonly runtime: { readonly executable: string; readonly version: string } }
  /** `fresh` is false where an earlier failure was only remembered. */
  | { readonly ok: false; readonly reason: string; readonly fresh: boolean };

/** Electron as its makers publish it, in the version that the `electron` package pins; downloaded once. */
export async function officialRuntime({ forced }: { forced: boolean }): Promise<OfficialResult> {
  const version = pinnedVersion();
  const dir = join(cacheDir(), `electron-${version}-${process.platform}-${process.arch}`);
  const runtime = { executable: join(dir, binaryPath()), version };
  if (existsSync(runtime.executable)) return { ok: true, runtime };

  const remembered = forced ? undefined : rememberedFailure(version);
  if (remembered) return { ok: false, reason: remembered, fresh: false };
  const fileName = `electron-v${version}-${process.platform}-${process.arch}.zip`;
  const unreachable = await whyUnreachable(
    `${process.env['ELECTRON_MIRROR'] ?? RELEASES}v${version}/${fileName}`,
  );
  const reason = unreachable ?? (await download(version, dir));
  if (reason === undefined) return { ok: true, runtime };
  await mkdir(cacheDir(), { recursive: true });
  await writeFile(failureFile(), JSON.stringify({ version, source: source(), at: Date.now(), reason }));
  return { ok: false, reason, fresh: true };
}

/** Where the program is inside an unpacked Electron. */
export function binaryPath(platform: NodeJS.Platform = process.platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

/** A first question with a short limit, since the download itself would try for minutes. */
async function whyUnreachable(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(FIRST_ANSWER_MS) });
    return answer.ok ? undefined : `it answered ${answer.status}`;
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'no answer' : 'unreachable';
  }
}

/** Undefined when all went well, else what went wrong. */
async function download(version: string, dir: string): Promise<string | undefined> {
  say(`Downloading Electron ${version} (once)`);
  await mkdir(cacheDir(), { recursive: true });
  const work = await mkdtemp(join(cacheDir(), 'downloading-'));
  try {
    const { downloadArtifact } = await import('@electron/get');
    const zip = await downloadArtifact({
      version,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: require('electron/checksums.json') as Record<string, string>,
    });
    await unzip(zip, join(work, 'dist'));
    await withLock(`${dir}.lock`, async () => {
      if (!existsSync(dir)) await rename(join(work, 'dist'), dir);
    });
    return undefined;
  } catch (error) {
    return `the download failed: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function failureFile(): string {
  return join(cacheDir(), 'electron-download-failed.json');
}

function source(): string {
  return process.env['ELECTRON_MIRROR'] ?? RELEASES;
}

function rememberedFailure(version: string): string | undefined {
  try {
    const note = JSON.parse(readFileSync(failureFile(), 'utf8')) as Record<string, unknown>;
    const current = note['version'] === version && note['source'] === source();
    const recent = Date.now() - Number(note['at']) < REMEMBER_MS;
    return current && recent ? String(note['reason']) : undefined;
  } catch {
    return undefined;
  }
}

const require = createRequire(import.meta.url);

function pinnedVersion(): string {
  return (require('electron/package.json') as { version: string }).version;
}
