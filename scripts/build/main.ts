import { ensureMessages } from '#scripts/i18n/compile.ts';
import { runMain } from '#scripts/lib/failure.ts';
import { say } from '#scripts/lib/step.ts';
import { ensureBuilt } from './build.ts';

await runMain(async () => {
  await ensureMessages();
  await ensureBuilt();
  say('The app is built in out/');
  return 0;
});
