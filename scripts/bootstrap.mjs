// Runs on whatever Node the machine has, with built-ins alone: installs the packages if need be, then hands over to
// the TypeScript entry point under the Node version that the project pins.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { installedMatchesLock } from './lib/installed.mjs';
import { withLock } from './lib/lock.mjs';
import { npm } from './lib/npm.mjs';

const repoDir = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const pinnedNode = path.join(
  repoDir,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

/**
 * Runs scripts/<name>/main.ts with this process's arguments and ends with its exit code.
 *
 * @param {string} name
 */
export async function bootstrap(name) {
  checkNode();
  if (!isInstalled()) await withLock(path.join(repoDir, '.cache', 'install.lock'), install, sayWaiting);
  handOver(path.join(repoDir, 'scripts', name, 'main.ts'));
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Node ${process.versions.node} is too old: 20.19 or newer is needed (see https://nodejs.org).`);
}

function isInstalled() {
  return (
    existsSync(pinnedNode) &&
    installedMatchesLock(readJson('package.json'), readJson('package-lock.json'), readInstalled())
  );
}

function install() {
  if (isInstalled()) return; // another start did it while this one waited
  say('Installing packages (npm ci)');
  const { command, args } = npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  const result = spawnSync(command, args, {
    cwd: repoDir,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
    // Electron is fetched by scripts/runtime, which knows what to do when its host cannot be reached.
    env: { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' },
  });
  if (result.status !== 0) fail('The packages could not be installed: npm says why above.');
}

/** @param {string} main */
function handOver(main) {
  const binDir = path.join(repoDir, 'node_modules', '.bin');
  const child = spawn(pinnedNode, [main, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: [path.dirname(pinnedNode), binDir, process.env['PATH']].join(path.delimiter),
    },
  });
  // This process waits for the other to clean up; a terminal's Ctrl+C has reached both already.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  stopWithNpm(child);
  child.once('error', (error) => fail(String(error)));
  child.once('exit', (code) => process.exit(code ?? 1));
}

/**
 * npm puts a shell between itself and this process, and a signal for npm ends there: the shell dies, nothing else
 * does. So its end counts as a signal too.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function stopWithNpm(child) {
  if (!process.env['npm_lifecycle_event']) return;
  const shell = process.ppid;
  setInterval(() => {
    if (process.ppid !== shell) child.kill('SIGTERM');
  }, 500).unref();
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(path.join(repoDir, file), 'utf8'));
}

/** npm's own record of what it installed; it writes it last, so an interrupted installation has none. */
function readInstalled() {
  try {
    return readJson(path.join('node_modules', '.package-lock.json'));
  } catch {
    return undefined;
  }
}

function sayWaiting() {
  say('Waiting for another installation to finish');
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`· ${line}\n`);
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
