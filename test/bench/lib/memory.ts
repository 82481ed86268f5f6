import { readFileSync, readdirSync } from 'node:fs';

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
