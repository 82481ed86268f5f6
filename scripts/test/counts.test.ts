import { describe, expect, it } from 'vitest';

import { countsOfRun, playwrightCounts, sum, summaryLine, vitestCounts } from './counts.ts';

describe('counts', () => {
  it('adds up and ends in one line', () => {
    const total = sum([
      { passed: 3, failed: 0, skipped: 1 },
      { passed: 1, failed: 2, skipped: 0 },
    ]);
    expect(summaryLine(total)).toBe('4 passed, 2 failed, 1 skipped');
  });

  it('reads a vitest report', () => {
    const report = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
    expect(vitestCounts(report)).toEqual({ passed: 7, failed: 1, skipped: 3 });
  });

  it('reads a Playwright report and counts a flaky test as failed', () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 } };
    expect(playwrightCounts(report)).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });

  it('finds no counts in something else', () => {
    expect(vitestCounts({})).toBeUndefined();
    expect(playwrightCounts({ errors: [] })).toBeUndefined();
  });

  it('never takes a broken run for a success', () => {
    const clean = { passed: 4, failed: 0, skipped: 0 };
    expect(countsOfRun(0, clean).failed).toBe(0);
    expect(countsOfRun(1, clean).failed).toBe(1);
    expect(countsOfRun(0, undefined).failed).toBe(1);
    expect(countsOfRun(1, { ...clean, failed: 3 }).failed).toBe(3);
  });
});
