import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';

// A set-up step that is interrupted takes the program it was waiting for with it.
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill();
});

export type RunResult = { readonly code: number; readonly stdout: string; readonly output: string };

/**
 * Runs a program to its end and keeps what it wrote: `stdout` alone, and `output` with stderr woven in.
 * A program that cannot be started counts as exit code 127, one ended by a signal as 128.
 */
export function run(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<RunResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    running.add(child);
    const stdout: Buffer[] = [];
    const output: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => {
      stdout.push(chunk);
      output.push(chunk);
    });
    child.stderr?.on('data', (chunk: Buffer) => output.push(chunk));
    child.once('error', (error) => resolve({ code: 127, stdout: '', output: String(error) }));
    child.once('close', (code) => {
      running.delete(child);
      resolve({
        code: code ?? 128,
        stdout: Buffer.concat(stdout).toString('utf8'),
        output: Buffer.concat(output).toString('utf8'),
      });
    });
  });
}
