import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { roomyTmp } from './live-service.ts';
import type { Outcome } from './run-seed.ts';

export type Played = Outcome & { cpuMs: number };

export interface Batch {
  from: number;
  count: number;
  workers: number;
  /** The tree whose code is played; this one unless told otherwise. */
  tree?: string;
  /** Ends at the first failure. */
  untilFailure?: boolean;
  onPlayed?: (played: Played) => void;
}

/** Loading a worker takes as long as a few seeds, and a worker that plays for long holds the last results back. */
const CHUNK = 200;
const CHUNKS_PER_WORKER = 4;
const HERE = join(import.meta.dirname, '..', '..');

/** Plays seeds in several processes; answers what became of each, in the order in which they ended. */
export async function playSeeds({
  from,
  count,
  workers,
  tree = HERE,
  untilFailure,
  onPlayed,
}: Batch): Promise<Played[]> {
  const played: Played[] = [];
  const tmp = mkdtempSync(join(roomyTmp(), 'simulation-'));
  const chunk = Math.max(1, Math.min(CHUNK, Math.ceil(count / workers / CHUNKS_PER_WORKER)));
  let next = from;
  let over = false;
  const children = new Set<ChildProcess>();
  const work = async (): Promise<void> => {
    while (next < from + count && !over) {
      const first = next;
      const last = Math.min(first + chunk, from + count) - 1;
      next = last + 1;
      await playChunk({ tree, tmp }, first, last, children, (one) => {
        played.push(one);
        onPlayed?.(one);
        if (!one.failure || untilFailure !== true) return;
        over = true;
        for (const child of children) child.kill();
      });
    }
  };
  try {
    await Promise.all(Array.from({ length: workers }, work));
    return played;
  } finally {
    // Workers that were ended early leave their worlds behind.
    rmSync(tmp, { recursive: true, force: true });
  }
}

/** A process that ends before its last seed has failed at the one that it did not tell of. */
async function playChunk(
  { tree, tmp }: { tree: string; tmp: string },
  first: number,
  last: number,
  children: Set<ChildProcess>,
  onPlayed: (played: Played) => void,
): Promise<void> {
  const child = spawn(
    process.execPath,
    [join(tree, 'test', 'simulation', 'worker.ts'), String(first), String(last)],
    {
      cwd: tree,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  children.add(child);
  let seen = first - 1;
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const one = JSON.parse(line) as Played;
    seen = one.seed;
    onPlayed(one);
  });
  const signal = await new Promise<string | null>((resolve) =>
    child.once('close', (_code, by) => resolve(by)),
  );
  children.delete(child);
  if (seen === last || signal === 'SIGTERM') return;
  onPlayed({
    seed: seen + 1,
    digest: '',
    events: 0,
    cpuMs: 0,
    failure: { invariant: 0, message: `the process ended: ${said}`, lines: [] },
  });
  if (seen + 2 <= last) await playChunk({ tree, tmp }, seen + 2, last, children, onPlayed);
}
