import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { ensureBuilt } from '#scripts/build/build.ts';
import { ensureMessages } from '#scripts/i18n/compile.ts';
import { Children } from '#scripts/lib/children.ts';
import { Failure, runMain } from '#scripts/lib/failure.ts';
import { inRepo } from '#scripts/lib/repo.ts';
import { stopRequested } from '#scripts/lib/signals.ts';
import { prepareRuntime } from '#scripts/runtime/prepare.ts';
import { startDemoService } from '#scripts/start/demo-service.ts';
import { parseScreenshotOptions } from './options.ts';
import { photograph } from './tour.ts';

/** Photographs every screen of the real app, in both themes: the pictures of the README, or any others asked for. */
await runMain(async () => {
  const options = parseScreenshotOptions(process.argv.slice(2));
  if (typeof options === 'string') throw new Failure(options);
  const children = new Children();
  const userData = mkdtempSync(path.join(tmpdir(), 'oscaro-screenshots-'));
  try {
    const work = async (): Promise<number> => {
      await ensureMessages();
      await ensureBuilt();
      const runtime = await prepareRuntime(children);
      mkdirSync(options.folder, { recursive: true });
      for (const theme of ['light', 'dark'] as const) {
        const service = new Children();
        try {
          await photograph({
            ...options,
            executable: runtime.executable,
            args: [...runtime.flags, inRepo('.')],
            env: { ...process.env, ...runtime.env, OSCARO_LANG: options.language, OSCARO_DEMO: '1' },
            theme,
            userData: path.join(userData, theme),
            serviceUrl: await startDemoService(service),
            stopService: () => service.stop(),
          });
        } finally {
          await service.stop();
        }
      }
      return 0;
    };
    return await Promise.race([work(), stopRequested()]);
  } finally {
    await children.stop();
    rmSync(userData, { recursive: true, force: true, maxRetries: 3 });
  }
});
