import { Children } from '#scripts/lib/children.ts';
import { runMain } from '#scripts/lib/failure.ts';
import { inRepo } from '#scripts/lib/repo.ts';
import { stopRequested } from '#scripts/lib/signals.ts';

/** Plays the simulation of the sync with the arguments given (docs/sync-proof.md). */
await runMain(async () => {
  const children = new Children();
  try {
    const entry = inRepo('test', 'simulation', 'main.ts');
    const simulation = children.start(process.execPath, [entry, ...process.argv.slice(2)], {
      stdio: 'inherit',
    });
    return await Promise.race([simulation.ended, stopRequested()]);
  } finally {
    await children.stop();
  }
});
