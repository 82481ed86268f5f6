import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { inRepo } from './repo.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'children-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** A script like ours: it starts a program that starts another, and runs until it is asked to stop. */
async function startScript(childSource: string) {
  writeFileSync(join(dir, 'child.mjs'), childSource);
  writeFileSync(
    join(dir, 'script.ts'),
    `import { Children } from ${JSON.stringify(inRepo('scripts/lib/children.ts'))};
     import { stopRequested } from ${JSON.stringify(inRepo('scripts/lib/signals.ts'))};
     const children = new Children();
     const child = children.start(process.execPath, [${JSON.stringify(join(dir, 'child.mjs'))}], { stdio: 'inherit' });
     const code = await Promise.race([child.ended, stopRequested()]);
     await children.stop();
     process.exit(code);`,
  );
  const script = spawn(process.execPath, [join(dir, 'script.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(script.stdout, 'data')) as [Buffer];
  return { script, pids: JSON.parse(String(line)) as number[] };
}

const withGrandchild = (first: string) => `
  import { spawn } from 'node:child_process';
  ${first}
  const grandchild = spawn('sleep', ['600'], { stdio: 'ignore' });
  console.log(JSON.stringify([process.pid, grandchild.pid]));
  setInterval(() => {}, 1000);`;

/** A process that has ended but whose parent has not yet asked for its result counts as gone. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function goneSoon(pids: number[]): Promise<boolean> {
  for (let i = 0; i < 40 && pids.some(isRunning); i++) await sleep(50);
  return !pids.some(isRunning);
}

describe.runIf(process.platform === 'linux')('what a script started', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends with it at %s, down to the last grandchild', async (signal, code) => {
    const { script, pids } = await startScript(withGrandchild(''));
    expect(pids.every(isRunning)).toBe(true);
    script.kill(signal);
    expect(await once(script, 'exit')).toEqual([code, null]);
    expect(await goneSoon(pids)).toBe(true);
  });

  it('ends even if it ignores polite signals', async () => {
    const { script, pids } = await startScript(withGrandchild("process.on('SIGTERM', () => {});"));
    script.kill('SIGTERM');
    await once(script, 'exit');
    expect(await goneSoon(pids)).toBe(true);
  });

  it('ends with it when the program itself ends, and gives its exit code', async () => {
    const source = withGrandchild('setTimeout(() => process.exit(7), 300);');
    const { script, pids } = await startScript(source);
    expect(await once(script, 'exit')).toEqual([7, null]);
    expect(await goneSoon(pids)).toBe(true);
  });
});
