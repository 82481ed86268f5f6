import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import type { Result } from '#shared/ipc/errors.ts';
import { Folders, kindOf, must, openTestEngine } from '#test/support/engine.ts';

const PROGRAM = fileURLToPath(new URL('../../support/engine-program.ts', import.meta.url));
const NOWHERE = 'http://127.0.0.1:9';
const folders = new Folders();
const running: ChildProcess[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((child) => ended(child, () => child.kill('SIGKILL'))));
  folders.clear();
});

function ended(child: ChildProcess, end: () => void): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    child.once('close', resolve);
    end();
  });
}

interface Said {
  session: Result<{ state: string }>;
  status: Result<{ phase: string }>;
}
interface EngineProcess {
  child: ChildProcess;
  ask: () => Promise<Said>;
}

function start(folder: string): EngineProcess {
  const child = spawn(process.execPath, [PROGRAM, folder, NOWHERE], { stdio: ['pipe', 'pipe', 'inherit'] });
  running.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    ask: async () => {
      child.stdin.write('?\n');
      const { value, done } = await lines.next();
      if (done === true) throw new Error('the process ended');
      return JSON.parse(value) as Said;
    },
  };
}

const BUSY = { ok: false, error: { kind: 'database_busy' } };

it('of two processes on one folder the second says so at once, and takes over when the first is gone', async () => {
  const folder = folders.make();
  const first = start(folder);
  expect((await first.ask()).session).toMatchObject({ ok: true, value: { state: 'signed_out' } });
  const second = start(folder);
  expect(await second.ask()).toMatchObject({ session: BUSY, status: BUSY });
  // The first one notices nothing of it.
  expect((await first.ask()).status).toMatchObject({ ok: true });

  // However it ends, nothing is left to clean up.
  await ended(first.child, () => first.child.kill('SIGKILL'));
  expect(await second.ask()).toMatchObject({ session: { ok: true }, status: { ok: true } });
  const here = openTestEngine({ url: NOWHERE, folder });
  expect(await kindOf(here.handlers['session.get'](undefined))).toBe('database_busy');
  expect(await ended(second.child, () => second.child.stdin?.end())).toBe(0);
  expect(await must(here.handlers['session.get'](undefined))).toMatchObject({ state: 'signed_out' });
  await here.close();
});
