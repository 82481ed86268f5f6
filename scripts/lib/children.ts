import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const GRACE_MS = 5000;
const POLL_MS = 50;

export type Child = {
  readonly process: ChildProcess;
  /** Resolves with the exit code, 127 when it could not be started, 128 when a signal ended it. Never rejects. */
  readonly ended: Promise<number>;
};

/**
 * The programs a script has started, each in a process group of its own, so that it can end them with everything
 * they started in turn, and nothing else.
 */
export class Children {
  readonly #running = new Set<Child>();

  start(command: string, args: readonly string[], options: SpawnOptions = {}): Child {
    const process_ = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
    const ended = new Promise<number>((resolve) => {
      process_.once('error', () => resolve(127));
      process_.once('exit', (code) => resolve(code ?? 128));
    });
    const child: Child = { process: process_, ended };
    this.#running.add(child);
    return child;
  }

  /** Ends all of them, the last started first: what others depend on goes last. */
  async stop(): Promise<void> {
    const all = [...this.#running].reverse();
    this.#running.clear();
    for (const child of all) await end(child);
  }
}

/** A polite signal to the whole group, then after some seconds one that cannot be ignored. */
async function end(child: Child): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const deadline = Date.now() + GRACE_MS;
  while (groupAlive(child) && Date.now() < deadline) await sleep(POLL_MS);
  signalGroup(child, 'SIGKILL');
}

function groupAlive(child: Child): boolean {
  return signalGroup(child, 0);
}

/** False when nothing of the group is left. */
function signalGroup(child: Child, signal: NodeJS.Signals | 0): boolean {
  const { pid } = child.process;
  if (pid === undefined) return false;
  try {
    return process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    return false;
  }
}
