import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

import { ensureBuilt } from '#scripts/build/build.ts';
import type { Children } from '#scripts/lib/children.ts';
import { Failure } from '#scripts/lib/failure.ts';
import { inRepo, repoDir } from '#scripts/lib/repo.ts';
import { run } from '#scripts/lib/run.ts';
import { ensurePackaged } from '#scripts/package/package.ts';
import { ensureDisplay } from '#scripts/runtime/display.ts';
import { prepareRuntime } from '#scripts/runtime/prepare.ts';
import {
  ELECTRON_PACKAGES,
  KEYRING_PACKAGES,
  PACKAGED_TEST_PACKAGES,
  TEST_PACKAGES,
  ensurePackages,
  offerPackages,
} from '#scripts/runtime/system-packages.ts';
import { ONE_FAILED, ONE_PASSED, countsOfRun, playwrightCounts, vitestCounts } from './counts.ts';
import type { Counts } from './counts.ts';
import type { StaticCheck } from './static-checks.ts';

/** `output` is shown where the step failed; undefined where it was shown while it ran. */
export type StepResult = { readonly counts: Counts; readonly output: string | undefined };
export type Step = { readonly name: string; readonly run: () => Promise<StepResult> };

export function staticStep({ name, command: [program, ...args] }: StaticCheck): Step {
  return {
    name,
    run: async () => {
      const { code, output } = await run(program, args, { cwd: repoDir });
      return { counts: code === 0 ? ONE_PASSED : ONE_FAILED, output };
    },
  };
}

export function vitestStep(name: string, projects: readonly string[], rest: readonly string[]): Step {
  return {
    name,
    run: async () => {
      await ensurePackages(TEST_PACKAGES, 'to run the tests');
      const report = freshReport('vitest.json');
      const cli = inRepo('node_modules', 'vitest', 'vitest.mjs');
      const chosen = projects.flatMap((project) => ['--project', project]);
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
      const args = [cli, 'run', '--passWithNoTests', ...chosen, ...reporters, ...rest];
      const { code, output } = await run(process.execPath, args, { cwd: repoDir });
      return { counts: countsOfRun(code, readReport(report, vitestCounts)), output };
    },
  };
}

export function buildStep(): Step {
  return {
    name: 'build',
    run: async () => {
      await ensureBuilt();
      return { counts: ONE_PASSED, output: '' };
    },
  };
}

/** The app in its window, driven from outside. Shown while it runs: it takes minutes. */
export function e2eStep(children: Children, rest: readonly string[]): Step {
  return {
    name: 'end to end',
    run: async () => {
      await ensureBuilt();
      const runtime = await prepareRuntime(children, { forTests: true });
      await offerPackages(KEYRING_PACKAGES, 'to test with a keyring');
      return playwright(children, 'e2e', rest, { ...runtime.env, OSCARO_ELECTRON: runtime.executable });
    },
  };
}

export function packageStep(): Step {
  return {
    name: 'package',
    run: async () => {
      await ensurePackaged({ forTests: true, installers: false });
      return { counts: ONE_PASSED, output: '' };
    },
  };
}

/** The app as it is shipped: packaged, in its sandbox, started by somebody who is not root. */
export function packagedStep(children: Children, rest: readonly string[]): Step {
  return {
    name: 'packaged',
    run: async () => {
      const folder = await ensurePackaged({ forTests: true, installers: false });
      await ensurePackages([...ELECTRON_PACKAGES, ...PACKAGED_TEST_PACKAGES], 'to run the packaged app');
      const display = await ensureDisplay(children);
      return playwright(children, 'packaged', rest, { ...display, OSCARO_PACKAGED: folder });
    },
  };
}

async function playwright(
  children: Children,
  project: string,
  rest: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<StepResult> {
  const report = freshReport('playwright.json');
  const cli = inRepo('node_modules', '@playwright', 'test', 'cli.js');
  const started = children.start(
    process.execPath,
    [cli, 'test', '--project', project, '--pass-with-no-tests', ...rest],
    { cwd: repoDir, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const code = await started.ended;
  return { counts: countsOfRun(code, readReport(report, playwrightCounts)), output: undefined };
}

/** A step that cannot even start has failed; the others still run. */
export async function runStep(step: Step): Promise<StepResult> {
  try {
    return await step.run();
  } catch (error) {
    const output =
      error instanceof Failure
        ? error.message
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error);
    return { counts: ONE_FAILED, output };
  }
}

/** The path for a report, with no earlier one left there to be mistaken for it. */
function freshReport(name: string): string {
  const file = inRepo('.cache', name);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  return file;
}

function readReport(file: string, counts: (report: unknown) => Counts | undefined): Counts | undefined {
  try {
    return counts(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
