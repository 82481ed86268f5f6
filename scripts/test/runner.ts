import { availableParallelism } from 'node:os';

import { ensureMessages } from '#scripts/i18n/compile.ts';
import { sum, summaryLine } from './counts.ts';
import type { Counts } from './counts.ts';
import { runStep } from './steps.ts';
import type { Step } from './steps.ts';

/** Steps that do not mind each other, run as many at once as there are processor cores. */
export type Together = readonly Step[];

/**
 * Runs all steps whatever their results, a line for each as it ends, and ends with the summary. The exit code is 1 on failure.
 */
export async function runSteps(steps: readonly (Step | Together)[]): Promise<number> {
  plainOutputInCi();
  const counts: Counts[] = [];
  const tell = async (step: Step): Promise<void> => void counts.push(await runAndTell(step));
  await tell({ name: 'messages', run: compileMessages });
  for (const step of steps) {
    if (!isTogether(step)) {
      await tell(step);
      continue;
    }
    const waiting = [...step];
    const lane = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await tell(next);
    };
    await Promise.all(Array.from({ length: availableParallelism() }, lane));
  }
  const total = sum(counts);
  console.log(summaryLine(total));
  return total.failed > 0 ? 1 : 0;
}

const isTogether = (step: Step | Together): step is Together => Array.isArray(step);

async function runAndTell(step: Step): Promise<Counts> {
  const start = performance.now();
  const result = await runStep(step);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const failed = result.counts.failed > 0;
  if (failed && result.output) console.log(result.output.trimEnd());
  console.log(`${failed ? '✗' : '✓'} ${step.name} (${seconds} s): ${summaryLine(result.counts)}`);
  return result.counts;
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
