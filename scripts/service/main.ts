import { ensureMessages } from '#scripts/i18n/compile.ts';
import { Children } from '#scripts/lib/children.ts';
import { runMain } from '#scripts/lib/failure.ts';
import { inRepo } from '#scripts/lib/repo.ts';
import { stopRequested } from '#scripts/lib/signals.ts';

/** Runs the account service alone, with the arguments given. Its stdout stays its own: set-up speaks on stderr. */
await runMain(async () => {
  await ensureMessages();
  const children = new Children();
  try {
    const args = [inRepo('service', 'main.ts'), ...process.argv.slice(2)];
    const cwd = process.env['INIT_CWD'] ?? process.cwd();
    const service = children.start(process.execPath, args, { stdio: 'inherit', cwd });
    return await Promise.race([service.ended, stopRequested()]);
  } finally {
    await children.stop();
  }
});
