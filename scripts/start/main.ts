import { rmSync, statSync } from 'node:fs';

import { ensureBuilt } from '#scripts/build/build.ts';
import { Failure, runMain } from '#scripts/lib/failure.ts';
import { repoDir } from '#scripts/lib/repo.ts';
import { say } from '#scripts/lib/step.ts';
import { runSession } from './session.ts';
import type { Session } from './session.ts';

const SCREENSHOT_LIMIT_MS = 120_000;

await runMain(() =>
  runSession(ensureBuilt, (session) => (session.options.screenshot ? screenshot(session) : run(session))),
);

async function run({ children, runtime, env }: Session): Promise<number> {
  const app = children.start(runtime.executable, [...runtime.flags, repoDir], { stdio: 'inherit', env });
  return app.ended;
}

/** The app itself waits for its first screen, writes the picture and quits; this only holds it to that. */
async function screenshot({ options, children, runtime, env }: Session): Promise<number> {
  const file = options.screenshot ?? '';
  rmSync(file, { force: true });
  const args = [...runtime.flags, repoDir, `--screenshot=${file}`];
  const app = children.start(runtime.executable, args, { stdio: 'inherit', env });
  const limit = new Promise<'late'>((resolve) => setTimeout(resolve, SCREENSHOT_LIMIT_MS, 'late').unref());
  const code = await Promise.race([app.ended, limit]);
  if (code === 'late')
    throw new Failure(`The app wrote no screenshot within ${SCREENSHOT_LIMIT_MS / 1000} seconds.`);
  if (code !== 0) throw new Failure(`The app ended with exit code ${code} instead of writing a screenshot.`);
  if (!statSync(file, { throwIfNoEntry: false })?.size)
    throw new Failure(`The app ended, but ${file} was not written.`);
  say(`Screenshot written to ${file}`);
  return 0;
}
