import { ensureMessages } from '#scripts/i18n/compile.ts';
import { runMain } from '#scripts/lib/failure.ts';
import { say } from '#scripts/lib/step.ts';
import { ensurePackaged } from './package.ts';
import { parsePackageOptions } from './options.ts';

await runMain(async () => {
  const options = parsePackageOptions(process.argv.slice(2));
  await ensureMessages();
  say(`The app is packaged in ${await ensurePackaged(options)}`);
  return 0;
});
