import { test as base, expect } from '@playwright/test';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watched, type AppProcess } from '#test/support/process.ts';
import { evaluateIn, type Evaluate } from './driven.ts';
import { homeBelow, ordinarily, whyNoSandbox } from './ordinary-user.ts';
import { makeTwin } from './twin.ts';

/** The package and its twin, where an ordinary user may run them: a checkout may lie in a home that is closed to others. */
interface Copies {
  shipped: string;
  twin: string;
}

export interface StartOptions {
  args?: readonly string[];
  env?: Record<string, string>;
  /** What runs the app, and sees what it does: strace. */
  under?: readonly string[];
}

export interface Driven {
  evaluate: Evaluate;
  /** Runs code in the page's own world, under its policy. */
  inPage: (code: string) => Promise<unknown>;
  pid: number;
  /** Quits as a person would; answers the exit code. */
  quit: () => Promise<number | null>;
}

export interface Desk {
  shipped: string;
  twin: string;
  home: string;
  /** Where the app keeps its own. */
  userData: string;
  start: (options?: StartOptions) => AppProcess;
  /** Starts and waits until the first screen is painted. */
  show: (options?: StartOptions) => Promise<AppProcess>;
  /** The twin, asked from inside, once its first screen is painted. */
  drive: (options?: StartOptions & { expectedProblems?: readonly RegExp[] }) => Promise<Driven>;
  log: () => string;
}

const executable = 'oscaro-desktop';

/** Without namespaces there is no sandbox to be had, and Chromium does not start unless told to do without. */
const sandboxArgs = whyNoSandbox() === undefined ? [] : ['--no-sandbox'];

export const test = base.extend<{ desk: Desk }, { copies: Copies }>({
  copies: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'oscaro-packaged-'));
      chmodSync(folder, 0o755);
      const copies = { shipped: join(folder, 'shipped'), twin: join(folder, 'twin') };
      await cp(packagedFolder(), copies.shipped, { recursive: true, verbatimSymlinks: true });
      await makeTwin(copies.shipped, copies.twin);
      await use(copies);
      await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  /** One person's session: a home of their own, and whatever they start ends with it. */
  desk: async ({ copies }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'oscaro-desk-'));
    chmodSync(folder, 0o755);
    const { home, env } = homeBelow(folder);
    const userData = join(home, '.config', 'Oscaro Desktop');
    const log = (): string => {
      const file = join(userData, 'logs', 'main.log');
      return existsSync(file) ? readFileSync(file, 'utf8') : '';
    };
    const running: AppProcess[] = [];
    const expected: RegExp[] = [];

    const spawnIn = (folderOfApp: string, options: StartOptions, stdio: 'ipc' | 'ignore') => {
      const command = [
        ...(options.under ?? []),
        join(folderOfApp, executable),
        ...sandboxArgs,
        ...(options.args ?? []),
      ];
      const [program, args] = ordinarily(command);
      const child = spawn(program, args, {
        env: { ...surroundings(), ...env, ...options.env },
        cwd: home,
        stdio: ['ignore', 'pipe', 'pipe', stdio],
      });
      const app = watched(child);
      running.push(app);
      return { child, app };
    };
    const painted = async (app: AppProcess): Promise<void> => {
      const early = app.ended.then(({ code, output }) => `ended with ${code}: ${output}`);
      const shown = expect.poll(log, { timeout: 30_000 }).toContain('first screen painted');
      const ended = await Promise.race([early, shown.then(() => undefined)]);
      expect(ended, 'the app goes on running').toBeUndefined();
    };
    const start = (options: StartOptions = {}) => spawnIn(copies.shipped, options, 'ignore').app;

    await use({
      shipped: copies.shipped,
      twin: copies.twin,
      home,
      userData,
      log,
      start,
      show: async (options) => {
        const app = start(options);
        await painted(app);
        return app;
      },
      drive: async ({ expectedProblems = [], ...options } = {}) => {
        expected.push(...expectedProblems);
        const { child, app } = spawnIn(copies.twin, options, 'ipc');
        await painted(app);
        const evaluate = evaluateIn(child);
        const inPage = (code: string) =>
          evaluate(
            ({ BrowserWindow }, source: string) =>
              BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript(
                source,
                true,
              ) as Promise<unknown>,
            code,
          );
        const quit = async () => {
          await evaluate(({ app: electron }) => electron.quit());
          return (await app.ended).code;
        };
        return { evaluate, inPage, pid: app.pid, quit };
      },
    });

    for (const app of running) app.signal('SIGTERM');
    await Promise.all(running.map((app) => app.ended));
    const unexpected = log()
      .split('\n')
      .filter((line) => line.includes('[error]') && !expected.some((pattern) => pattern.test(line)));
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    expect(unexpected, 'the app ran without complaints').toEqual([]);
  },
});

export { expect };

function packagedFolder(): string {
  const folder = process.env['OSCARO_PACKAGED'];
  if (!folder) throw new Error('OSCARO_PACKAGED names no package: run the tests with `npm test packaged`.');
  return folder;
}

/** Our environment without what is ours alone: the home, the session's bus, and the variables that the package must ignore. */
function surroundings(): NodeJS.ProcessEnv {
  const left = Object.entries(process.env).filter(([name]) => !/^(OSCARO_|DBUS_|XDG_|npm_|NODE_)/.test(name));
  return Object.fromEntries(left);
}
