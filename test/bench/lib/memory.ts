import { processTree, readProc } from './process-tree.ts';

/** The kernel tells programs a hundredth of a second as a tick, whatever it uses itself. */
const TICKS_PER_SECOND = 100;

/** The proportional set size of a process and everything it started, in MB; Linux only. */
export function treePssMb(rootPid: number): number {
  return processTree(rootPid).reduce((kilobytes, pid) => kilobytes + pssKb(pid), 0) / 1024;
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
