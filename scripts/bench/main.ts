import { ensureBuilt } from '#scripts/build/build.ts';
import { ensureMessages } from '#scripts/i18n/compile.ts';
import { Children } from '#scripts/lib/children.ts';
import { runMain } from '#scripts/lib/failure.ts';
import { inRepo } from '#scripts/lib/repo.ts';
import { stopRequested } from '#scripts/lib/signals.ts';
import { prepareRuntime } from '#scripts/runtime/prepare.ts';

/** Runs the benches with the arguments given, on the built app. */
await runMain(async () => {
  const entry = inRepo('test', 'bench', 'main.ts');
  const children = new Children();
  try {
    await ensureMessages();
    await ensureBuilt();
    const runtime = await prepareRuntime(children);
    const env = { ...process.env, ...runtime.env, OSCARO_ELECTRON: runtime.executable };
    const bench = children.start(process.execPath, [entry, ...process.argv.slice(2)], {
      stdio: 'inherit',
      env,
    });
    return await Promise.race([bench.ended, stopRequested()]);
  } finally {
    await children.stop();
  }
});
