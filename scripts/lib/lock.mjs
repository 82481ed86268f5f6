// Plain JavaScript with built-ins alone: the bootstrap uses it before anything is installed.
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 200;
/** How long a lock may stay without its owner's name before it counts as abandoned. */
const NAMELESS_MS = 5000;

/**
 * Runs `work` while holding the lock, a directory made in one atomic step. A lock left by a process that no
 * longer runs is taken over. `onWait` is called once if another process has it.
 *
 * @template T
 * @param {string} lockDir
 * @param {() => T | Promise<T>} work
 * @param {() => void} [onWait]
 * @returns {Promise<T>}
 */
export async function withLock(lockDir, work, onWait) {
  mkdirSync(dirname(lockDir), { recursive: true });
  let said = false;
  while (!tryAcquire(lockDir)) {
    if (isAbandoned(lockDir)) {
      rmSync(lockDir, { recursive: true, force: true });
      continue;
    }
    if (!said) {
      onWait?.();
      said = true;
    }
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(lockDir, { recursive: true, force: true });
  }
}

/** @param {string} lockDir */
function tryAcquire(lockDir) {
  try {
    mkdirSync(lockDir);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(join(lockDir, 'pid'), String(process.pid));
  return true;
}

/** @param {string} lockDir */
function isAbandoned(lockDir) {
  const owner = readOwner(lockDir);
  if (owner !== undefined) return !isRunning(owner);
  try {
    return Date.now() - statSync(lockDir).mtimeMs > NAMELESS_MS;
  } catch {
    return false; // released in the meantime
  }
}

/** @param {string} lockDir */
function readOwner(lockDir) {
  try {
    const pid = Number(readFileSync(join(lockDir, 'pid'), 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** @param {unknown} error */
function errorCode(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
