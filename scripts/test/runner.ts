import { ensureMessages } from '#scripts/i18n/compile.ts';
import { sum, summaryLine } from './counts.ts';
import type { Counts } from './counts.ts';
import { runStep } from './steps.ts';
import type { Step } from './steps.ts';

/** Runs all steps whatever their results, a line for each, and ends with the summary. The exit code is 1 on failure. */
export async function runSteps(steps: readonly Step[]): Promise<number> {
  plainOutputInCi();
  const counts: Counts[] = [];
  for (const step of [{ name: 'messages', run: compileMessages }, ...steps]) {
    const start = performance.now();
    const result = await runStep(step);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const failed = result.counts.failed > 0;
    if (failed && result.output) console.log(result.output.trimEnd());
    console.log(`${failed ? '✗' : '✓'} ${step.name} (${seconds} s): ${summaryLine(result.counts)}`);
    counts.push(result.counts);
  }
  const total = sum(counts);
  console.log(summaryLine(total));
  return total.failed > 0 ? 1 : 0;
}

async function compileMessages() {
  await ensureMessages();
  return { counts: { passed: 0, failed: 0, skipped: 0 }, output: '' };
}

function plainOutputInCi(): void {
  if (!process.env['CI']) return;
  delete process.env['FORCE_COLOR'];
  process.env['NO_COLOR'] = '1';
}
