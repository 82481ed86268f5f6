import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { appArgs, appEnvironment, electronExecutable, type LaunchOptions } from './electron.ts';

export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
}

export interface AppProcess {
  pid: number;
  ended: Promise<ProcessEnd>;
  /** Resolves with all that was written so far, once it matches. */
  says: (pattern: RegExp) => Promise<string>;
  signal: (signal: NodeJS.Signals) => void;
}

/** Starts the app as a plain program, for what Playwright's debugger would change: exit codes, signals, arguments. */
export function spawnApp(userData: string, options: LaunchOptions = {}): AppProcess {
  return watched(
    spawn(electronExecutable(), appArgs(options.args), {
      env: appEnvironment(userData, options),
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
}

/** A program whose output is collected while it runs. */
export function watched(child: ChildProcess): AppProcess {
  let output = '';
  const watchers = new Set<() => void>();
  const collect = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
    for (const look of watchers) look();
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const ended = new Promise<ProcessEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, output }));
  });
  const says = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!pattern.test(output)) return;
        watchers.delete(look);
        resolve(output);
      };
      watchers.add(look);
      look();
      void ended.then(() => reject(new Error(`ended without saying ${String(pattern)}:\n${output}`)));
    });
  return { pid: child.pid ?? 0, ended, says, signal: (signal) => child.kill(signal) };
}

/** The processes that a process started, and theirs, as Linux tells them now. */
export function descendantsOf(pid: number): number[] {
  const parents = new Map(allProcesses().map((each) => [each, parentOf(each)]));
  const childrenOf = (parent: number): number[] =>
    [...parents].filter(([, its]) => its === parent).flatMap(([child]) => [child, ...childrenOf(child)]);
  return childrenOf(pid);
}

/** A zombie has ended: only its parent has not looked yet. */
export function isRunning(pid: number): boolean {
  const state = stat(pid)?.[0];
  return state !== undefined && state !== 'Z';
}

function allProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function parentOf(pid: number): number | undefined {
  const parent = stat(pid)?.[1];
  return parent === undefined ? undefined : Number(parent);
}

/** State and parent, after the name in parentheses, which may hold anything. */
function stat(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
  } catch {
    // It ended while we were looking.
    return undefined;
  }
}
