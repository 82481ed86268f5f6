import { setTimeout as sleep } from 'node:timers/promises';
import { processTree, readProc, threadsOf } from './process-tree.ts';

/** Nanoseconds that each thread of some processes has computed, as the scheduler counts them: ticks of 10 ms would hide what idle programs use. */
export type Computed = ReadonlyMap<string, number>;

export function computedBy(pids: readonly number[]): Computed {
  const threads = pids.flatMap((pid) => threadsOf(pid).map((thread) => `/proc/${pid}/task/${thread}`));
  return new Map(
    threads.map((thread) => [thread, Number(readProc(`${thread}/schedstat`).split(' ')[0] ?? 0)]),
  );
}

/** Milliseconds between two looks. A thread that has begun since counts whole; what one that has ended computed last is not known. */
export function computedMs(before: Computed, after: Computed): number {
  let nanoseconds = 0;
  for (const [thread, total] of after) nanoseconds += Math.max(0, total - (before.get(thread) ?? 0));
  return nanoseconds / 1e6;
}

/** Milliseconds of processor time for each second, of a process with all that it started, over so many seconds in which nobody asks it for anything. */
export async function idleMsPerSecond(rootPid: number, seconds: number): Promise<number> {
  const started = performance.now();
  const before = computedBy(processTree(rootPid));
  await sleep(seconds * 1000);
  const after = computedBy(processTree(rootPid));
  return computedMs(before, after) / ((performance.now() - started) / 1000);
}
