import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSecrets } from '#main/platform/secrets.ts';
import { testKeyring } from '#main/platform/test-keyring.ts';
import { appEnvironment, electronExecutable, KEYRING, platformArgs } from '#test/support/electron.ts';
import { secretsOf } from './engine.ts';
import { treePssMb } from './memory.ts';
import type { Metrics } from './program.ts';

const PAINT_LIMIT_MS = 60_000;
/** Caches are filled and the first garbage is collected before memory is read. */
const SETTLE_MS = 2000;

/** Why the app cannot be started here; undefined when it can. */
export function whyNoApp(): string | undefined {
  if (!process.env['OSCARO_ELECTRON']) return 'OSCARO_ELECTRON names no Electron (run `npm run bench`)';
  const display = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  return display ? undefined : 'there is no display';
}

/** A folder of user data as the app leaves it: with a synced account and what opens it, or with none when `engineFolder` is absent. */
export async function userData(folder: string, serviceUrl: string, engineFolder?: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ serviceUrl, keepInvoiceMonths: 0 }));
  if (engineFolder === undefined) return folder;
  cpSync(engineFolder, join(folder, 'accounts'), { recursive: true });
  const cipher = testKeyring(Buffer.from(KEYRING, 'base64'));
  const secrets = createSecrets(join(folder, 'secrets'), cipher, (_level, message) => {
    throw new Error(message);
  });
  for (const [id, secret] of Object.entries(secretsOf(engineFolder))) await secrets.save(id, secret);
  return folder;
}

/**
 * Starts an app as a plain program, without any debugger, until it says that its first screen is painted; then reads the
 * memory of all its processes and ends it.
 */
export async function startUntilPainted(
  appFolder: string,
  data: string,
  serviceUrl: string,
): Promise<Metrics> {
  const child = spawn(electronExecutable(), [...platformArgs, appFolder, `--user-data-dir=${data}`], {
    env: appEnvironment(data, { serviceUrl }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const limit = setTimeout(() => child.kill('SIGKILL'), PAINT_LIMIT_MS);
  try {
    const ms = await new Promise<number>((resolve, reject) => {
      const read = (chunk: Buffer): void => {
        output += chunk.toString('utf8');
        const found = /first screen painted screen="([\w-]+)" ms=(\d+)/.exec(output);
        if (found?.[1] === 'sign-in') reject(new Error('the app asks to sign in: it has not found its data'));
        if (found) resolve(Number(found[2]));
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', () => reject(new Error(`it ended before it had painted:\n${output.slice(-2000)}`)));
    });
    await sleep(SETTLE_MS);
    return { ms, pssMb: process.platform === 'linux' ? treePssMb(child.pid ?? 0) : 0 };
  } finally {
    clearTimeout(limit);
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  }
}
