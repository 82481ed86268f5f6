import { readFileSync, readdirSync } from 'node:fs';

/** The kernel tells programs a hundredth of a second as a tick, whatever it uses itself. */
const TICKS_PER_SECOND = 100;

/** The proportional set size of a process and everything it started, in MB; Linux only. */
export function treePssMb(rootPid: number): number {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    const parent = /^\d+$/.test(entry) ? parentOf(Number(entry)) : undefined;
    if (parent !== undefined) parents.set(Number(entry), parent);
  }
  let kilobytes = 0;
  for (const pid of parents.keys()) {
    if (descends(pid, rootPid, parents)) kilobytes += pssKb(pid);
  }
  return kilobytes / 1024;
}

function descends(pid: number, root: number, parents: ReadonlyMap<number, number>): boolean {
  for (let current: number | undefined = pid; current !== undefined; current = parents.get(current)) {
    if (current === root) return true;
  }
  return false;
}

/** Undefined when the process has ended meanwhile. */
function parentOf(pid: number): number | undefined {
  const status = readProc(`/proc/${pid}/status`);
  const parent = /^PPid:\t(\d+)$/m.exec(status)?.[1];
  return parent === undefined ? undefined : Number(parent);
}

function pssKb(pid: number): number {
  return Number(/^Pss: +(\d+) kB$/m.exec(readProc(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
}

/** Seconds that a process has computed, for itself and in the kernel; Linux only. */
export function cpuSeconds(pid: number): number {
  const fields = readProc(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ');
  // utime and stime, fields 14 and 15 of proc(5), in ticks; the state after the name is field 3.
  return (Number(fields?.[11]) + Number(fields?.[12])) / TICKS_PER_SECOND;
}

/** The resident memory of one process in MB; Linux only. */
export function residentMb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readProc(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;
}

/** Empty for a process that is gone or whose memory is gone (a zombie): it uses none. */
function readProc(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ESRCH') return '';
    throw error;
  }
}
