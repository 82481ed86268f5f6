import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { withLock } from './lock.mjs';

let dir: string;
let lock: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lock-'));
  lock = join(dir, 'deep', 'x.lock');
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('withLock', () => {
  it('lets one in at a time and says who waits', async () => {
    const order: string[] = [];
    const waiting = vi.fn();
    const first = withLock(lock, async () => {
      order.push('first in');
      await sleep(50);
      order.push('first out');
    });
    const second = withLock(lock, () => void order.push('second in'), waiting);
    await Promise.all([first, second]);
    expect(order).toEqual(['first in', 'first out', 'second in']);
    expect(waiting).toHaveBeenCalledOnce();
  });

  it('is released when the work fails', async () => {
    await expect(withLock(lock, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(existsSync(lock)).toBe(false);
  });

  it('takes over from a process that no longer runs', async () => {
    mkdirSync(lock, { recursive: true });
    writeFileSync(join(lock, 'pid'), '4194305'); // above the highest process number Linux gives
    await expect(withLock(lock, () => 'done')).resolves.toBe('done');
  });

  it('takes over a lock whose owner died before naming itself', async () => {
    mkdirSync(lock, { recursive: true });
    utimesSync(lock, 1, 1);
    await expect(withLock(lock, () => 'done')).resolves.toBe('done');
  });
});
