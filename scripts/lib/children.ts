import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const GRACE_MS = 5000;
const LEFTOVERS_MS = 1000;
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

/**
 * Asks the program itself first, so that it can end what it started in good order; then whatever is left of its group
 * is ended without asking.
 */
async function end(child: Child): Promise<void> {
  child.process.kill('SIGTERM');
  await Promise.race([child.ended, sleep(GRACE_MS, undefined, { ref: false })]);
  const deadline = Date.now() + LEFTOVERS_MS;
  while (signalGroup(child, 'SIGTERM') && Date.now() < deadline) await sleep(POLL_MS);
  signalGroup(child, 'SIGKILL');
}

/** False when nothing of the group is left. */
function signalGroup(child: Child, signal: NodeJS.Signals): boolean {
  const { pid } = child.process;
  if (pid === undefined) return false;
  try {
    return process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    return false;
  }
}
