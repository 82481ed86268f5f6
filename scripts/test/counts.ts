export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

export const NONE: Counts = { passed: 0, failed: 0, skipped: 0 };
export const ONE_PASSED: Counts = { ...NONE, passed: 1 };
export const ONE_FAILED: Counts = { ...NONE, failed: 1 };

export function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (total, each) => ({
      passed: total.passed + each.passed,
      failed: total.failed + each.failed,
      skipped: total.skipped + each.skipped,
    }),
    NONE,
  );
}

/** The last line of a test run, read by people and machines alike. */
export function summaryLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * The counts of a test run by its report. A run that ended badly without naming a failed test (a file that does not
 * load, no report at all) counts as one failure: it must never look like a success.
 */
export function countsOfRun(exitCode: number, report: Counts | undefined): Counts {
  const counts = report ?? NONE;
  if (counts.failed > 0 || (exitCode === 0 && report)) return counts;
  return { ...counts, failed: 1 };
}

/** Counts from vitest's JSON report. */
export function vitestCounts(report: unknown): Counts | undefined {
  const r = report as Record<string, unknown>;
  return countsOf(r['numPassedTests'], r['numFailedTests'], [r['numPendingTests'], r['numTodoTests']]);
}

/** Counts from Playwright's JSON report. A flaky test has failed once: that is a failure. */
export function playwrightCounts(report: unknown): Counts | undefined {
  const { stats = {} } = report as { stats?: Record<string, unknown> };
  const failed = Number(stats['unexpected']) + Number(stats['flaky']);
  return countsOf(stats['expected'], failed, [stats['skipped']]);
}

function countsOf(passed: unknown, failed: unknown, skipped: readonly unknown[]): Counts | undefined {
  const counts = {
    passed: Number(passed),
    failed: Number(failed),
    skipped: skipped.reduce<number>((n, s) => n + Number(s ?? 0), 0),
  };
  return Object.values(counts).every(Number.isInteger) ? counts : undefined;
}
