import { runMain } from '#scripts/lib/failure.ts';
import { runSteps } from '#scripts/test/runner.ts';
import { STATIC_CHECKS } from '#scripts/test/static-checks.ts';
import { staticStep, vitestStep } from '#scripts/test/steps.ts';

/** The quick checks before a commit: format, lint, types, import rules, unused code, unit tests. */
await runMain(() => runSteps([STATIC_CHECKS.map(staticStep), vitestStep('unit', ['unit', 'renderer'], [])]));
