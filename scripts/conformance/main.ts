import { Children } from '#scripts/lib/children.ts';
import { runMain } from '#scripts/lib/failure.ts';
import { inRepo } from '#scripts/lib/repo.ts';
import { stopRequested } from '#scripts/lib/signals.ts';

/** Checks an account service with the arguments given: see test/conformance/options.ts. */
await runMain(async () => {
  const children = new Children();
  try {
    const entry = inRepo('test', 'conformance', 'main.ts');
    const suite = children.start(process.execPath, [entry, ...process.argv.slice(2)], { stdio: 'inherit' });
    return await Promise.race([suite.ended, stopRequested()]);
  } finally {
    await children.stop();
  }
});
