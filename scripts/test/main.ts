import { Children } from '#scripts/lib/children.ts';
import { runMain } from '#scripts/lib/failure.ts';
import { stopRequested } from '#scripts/lib/signals.ts';
import { parseTestOptions } from './options.ts';
import type { Part } from './options.ts';
import { runSteps } from './runner.ts';
import type { Together } from './runner.ts';
import { STATIC_CHECKS } from './static-checks.ts';
import { buildStep, e2eStep, packageStep, packagedStep, staticStep, vitestStep } from './steps.ts';
import type { Step } from './steps.ts';

await runMain(async () => {
  const { parts, rest } = parseTestOptions(process.argv.slice(2));
  const children = new Children();
  const steps: Record<Part, () => (Step | Together)[]> = {
    static: () => [STATIC_CHECKS.map(staticStep)],
    unit: () => [vitestStep('unit and integration', [], rest)],
    e2e: () => [buildStep(), e2eStep(children, rest)],
    packaged: () => [packageStep(), packagedStep(children, rest)],
  };
  try {
    return await Promise.race([runSteps(parts.flatMap((part) => steps[part]())), stopRequested()]);
  } finally {
    await children.stop();
  }
});
