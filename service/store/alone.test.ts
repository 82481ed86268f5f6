import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { alone } from './alone.ts';

let folder: string;
let other: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alone-'));
});
afterEach(() => {
  other?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Another process that has the lock and does not let it go by itself. */
async function heldElsewhere(): Promise<ChildProcess> {
  const program = `
    const { alone } = await import(${JSON.stringify(new URL('./alone.ts', import.meta.url).href)});
    await alone(${JSON.stringify(folder)}, 'work', () => {
      process.stdout.write('held');
      return new Promise((resolve) => process.stdin.once('data', resolve));
    });`;
  other = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(other.stdout!, 'data');
  return other;
}

it.each([
  ['has finished', (child: ChildProcess) => child.stdin!.end('finish')],
  ['was killed', (child: ChildProcess) => child.kill('SIGKILL')],
])('waits until the other process %s', async (_how, end) => {
  const child = await heldElsewhere();
  const order: string[] = [];
  const ended = once(child, 'exit').then(() => order.push('the other'));
  const mine = alone(folder, 'work', () => Promise.resolve(order.push('mine')));
  end(child);
  await Promise.all([ended, mine]);
  expect(order).toEqual(['the other', 'mine']);
});

it('lets go after work that fails', async () => {
  await expect(alone(folder, 'work', () => Promise.reject(new Error('no disk')))).rejects.toThrow('no disk');
  expect(await alone(folder, 'work', () => Promise.resolve('done'))).toBe('done');
});

it('lets other work go on', async () => {
  await heldElsewhere();
  expect(await alone(folder, 'other work', () => Promise.resolve('done'))).toBe('done');
});
