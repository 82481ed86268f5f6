import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

export type Metrics = Record<string, number>;

export interface ProgramOptions {
  env?: Record<string, string | undefined>;
  /** Run with this program instead of the Node that runs the benches. */
  command?: readonly string[];
  timeoutMs?: number;
}

const programs = join(import.meta.dirname, '..', 'programs');
const TIMEOUT_MS = 600_000;

/**
 * Runs a file of `programs/` (or at an absolute path) as a fresh process and answers the metrics that it prints as its last line of JSON, with
 * `wallMs`: from just before the process was started until that line arrived. Throws with its stderr when it fails.
 */
export async function runProgram(
  name: string,
  input: unknown,
  options: ProgramOptions = {},
): Promise<Metrics> {
  const [command = process.execPath, ...args] = options.command ?? [process.execPath];
  const started = performance.now();
  const child = spawn(command, [...args, resolve(programs, name), JSON.stringify(input)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
    timeout: options.timeoutMs ?? TIMEOUT_MS,
  });
  let answeredAt = 0;
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    answeredAt = performance.now();
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? 128));
  });
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  if (code !== 0 || !last.startsWith('{')) {
    throw new Error(`${name} ended with ${code}:\n${(stderr || stdout).slice(-2000)}`);
  }
  return { wallMs: answeredAt - started, ...(JSON.parse(last) as Metrics) };
}

/** For the programs: what they were asked for, and how they answer. */
export function programInput<T>(): T {
  return JSON.parse(process.argv[2] ?? '{}') as T;
}

/** Adds `cpuMs`, what the process has computed until now: on a busy machine it says more than the clock. */
export function answer(metrics: Metrics): void {
  const { user, system } = process.cpuUsage();
  process.stdout.write(`${JSON.stringify({ ...metrics, cpuMs: (user + system) / 1000 })}\n`);
}
