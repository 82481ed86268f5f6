import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { _electron } from '@playwright/test';
import { appEnvironment, electronExecutable, expect, temporaryFolder, test } from '#test/support/electron.ts';

const repo = resolve(import.meta.dirname, '..', '..');
const isRoot = process.getuid?.() === 0;
/** The user "nobody" of every Linux. */
const nobody = 65534;

/** Whether a program can be started as an ordinary user, who can make the namespaces that the sandbox is built of. */
function whyNot(): string | undefined {
  if (process.platform !== 'linux') return 'reads /proc, which is on Linux only';
  try {
    const program = isRoot
      ? ['setpriv', ...asNobody, 'unshare', '--user', 'true']
      : ['unshare', '--user', 'true'];
    execFileSync(program[0]!, program.slice(1), { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'no ordinary user can make a user namespace here';
  }
}

const asNobody = [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];

test('the page runs in the sandbox of the operating system', async () => {
  const reason = whyNot();
  test.skip(reason !== undefined, reason);
  test.setTimeout(120_000);
  const folder = await temporaryFolder();
  try {
    const executablePath = isRoot ? programForNobody(folder) : electronExecutable();
    const userData = join(folder, 'data');
    const app = await _electron.launch({
      executablePath,
      args: [repo],
      chromiumSandbox: true,
      env: { ...appEnvironment(userData), HOME: folder, ...displayFor(folder) },
    });
    const page = await app.firstWindow();
    await page.waitForLoadState('domcontentloaded');
    const pid = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId(),
    );
    const arguments_ = await app.evaluate(() => process.argv);
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    await app.close();
    expect(arguments_).not.toContain('--no-sandbox');
    expect(status).toMatch(/^Seccomp:\s+2$/m);
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
    expect(status).toMatch(/^CapEff:\s+0+$/m);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
});

/** Electron where nobody may run it (a home directory is closed to others), behind a script that changes the user. */
function programForNobody(folder: string): string {
  const runtime = join(folder, 'electron');
  cpSync(dirname(realpathSync(electronExecutable())), runtime, { recursive: true, dereference: true });
  mkdirSync(join(folder, 'data'));
  for (const path of [folder, join(folder, 'data')]) chownSync(path, nobody, nobody);
  const program = join(folder, 'as-nobody');
  writeFileSync(program, `#!/bin/sh\nexec setpriv ${asNobody.join(' ')} '${runtime}/electron' "$@"\n`);
  chmodSync(program, 0o755);
  return program;
}

/** The cookie of the X server, readable by the user who must show it. */
function displayFor(folder: string): Record<string, string> {
  const authority = process.env['XAUTHORITY'];
  if (!isRoot || !authority) return {};
  const copy = join(folder, 'xauthority');
  copyFileSync(authority, copy);
  chownSync(copy, nobody, nobody);
  return { XAUTHORITY: copy };
}
