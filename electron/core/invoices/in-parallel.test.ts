import { expect, it } from 'vitest';
import { inParallel } from './in-parallel.ts';

it('starts in the order of the items and never does more at once than it may', async () => {
  let running = 0;
  let most = 0;
  const started: number[] = [];
  const release: (() => void)[] = [];
  const work = inParallel([1, 2, 3, 4, 5], 2, async (item) => {
    started.push(item);
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => release.push(resolve));
    running -= 1;
  });
  for (let done = 0; done < 5; done += 1) {
    await expect.poll(() => release.length).toBeGreaterThan(0);
    release.pop()?.();
  }
  await work;
  expect(started).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});

it('fails when one fails, and does nothing for nothing', async () => {
  await expect(inParallel([1], 3, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await inParallel([], 3, () => Promise.reject(new Error('never')));
});
