import { describe, expect, it } from 'vitest';
import { processTree } from './process-tree.ts';
import { computedBy, computedMs } from './processor-time.ts';

describe('processor time between two looks', () => {
  it('adds up what each thread has computed since, those that began meanwhile included', () => {
    const before = new Map([
      ['a', 5e6],
      ['gone', 9e6],
    ]);
    const after = new Map([
      ['a', 7e6],
      ['new', 1.5e6],
    ]);
    expect(computedMs(before, after)).toBe(3.5);
  });

  it.runIf(process.platform === 'linux')('sees what this process computes', () => {
    const before = computedBy([process.pid]);
    const used = process.cpuUsage();
    let spent = 0;
    while (spent < 20_000) spent = process.cpuUsage(used).user + process.cpuUsage(used).system;
    expect(computedMs(before, computedBy([process.pid]))).toBeGreaterThan(10);
  });

  it.runIf(process.platform === 'linux')('is nothing for a process that is gone', () => {
    expect(computedBy([2 ** 30]).size).toBe(0);
    expect(processTree(2 ** 30)).toEqual([]);
  });
});
