import { test as base, errors, expect, _electron } from '@playwright/test';
import type { ConsoleMessage, ElectronApplication, Page } from '@playwright/test';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface LaunchOptions {
  /** The app's folder of data; a fresh one by default, removed afterwards. */
  userData?: string;
  serviceUrl?: string;
  env?: Record<string, string>;
  args?: readonly string[];
  /** False for a computer that has none, as machines without a desktop are; by default there is one. */
  keyring?: boolean;
  /** Complaints that the test is about; any other fails it. */
  expectedProblems?: readonly RegExp[];
}

export interface RunningApp {
  app: ElectronApplication;
  page: Page;
  userData: string;
  /** What the page and the shell complained about so far. */
  problems: () => string[];
  /** Quits as a person would, waits for the process to end, and fails on any problem that was not expected. */
  close: () => Promise<void>;
}

/** Ten times what it takes on a busy machine. */
const ATTACH_LIMIT_MS = 15_000;
const MOST_ATTEMPTS = 3;

/** What stands for the keyring: the same for all, so that an app that is started again finds its secrets. */
export const KEYRING = Buffer.alloc(32, 'keyring').toString('base64');

/** Whoever runs the tests on a desktop has one. */
const NO_KEYRING = { DBUS_SESSION_BUS_ADDRESS: 'disabled:', XDG_CURRENT_DESKTOP: '' };

const repo = resolve(import.meta.dirname, '..', '..');

/** Chromium refuses to run its sandbox as root. */
export const platformArgs = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export function electronExecutable(): string {
  const executable = process.env['OSCARO_ELECTRON'];
  if (!executable) throw new Error('OSCARO_ELECTRON names no Electron: run the tests with `npm test e2e`.');
  return executable;
}

/** The environment of the app: ours, without what would change the app's mind about language, data or service. */
export function appEnvironment(userData: string, options: LaunchOptions = {}): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('OSCARO_'),
  );
  return {
    ...Object.fromEntries(inherited),
    OSCARO_USER_DATA: userData,
    OSCARO_LANG: 'fr',
    ...(options.keyring === false ? NO_KEYRING : { OSCARO_TEST_KEYRING: KEYRING }),
    ...(options.serviceUrl ? { OSCARO_SERVICE_URL: options.serviceUrl } : {}),
    ...options.env,
  };
}

export const appArgs = (args: readonly string[] = []): string[] => [...platformArgs, repo, ...args];

export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const userData = options.userData ?? (await temporaryFolder());
  const app = await attach({
    executablePath: electronExecutable(),
    args: appArgs(options.args),
    env: appEnvironment(userData, options),
  });
  const fromPages: string[] = [];
  const listen = (page: Page): void => {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') fromPages.push(textOf(message));
    });
    page.on('pageerror', (error) => fromPages.push(`page error: ${error.message}`));
  };
  app.on('window', listen);
  app.windows().forEach(listen);
  const page = await app.firstWindow();
  await page.waitForLoadState('domcontentloaded');
  const problems = (): string[] => [...fromPages, ...loggedErrors(userData)];

  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await app.close();
    const unexpected = problems().filter(
      (problem) => !options.expectedProblems?.some((expected) => expected.test(problem)),
    );
    if (!options.userData) await rm(userData, { recursive: true, force: true, maxRetries: 3 });
    expect(unexpected, 'the app ran without complaints').toEqual([]);
  };
  return { app, page, userData, problems, close: () => (closed ??= close()) };
}

/**
 * Starts the app with a debugger attached. On a busy machine one attachment in some dozens never comes about: Playwright meets the page in the
 * middle of its first navigation and waits for an event that has passed, while the app has long painted its screen. That app is ended and
 * another one started; what the app itself does wrong would happen again, and fails the test after the last attempt.
 */
export async function attach(options: Parameters<typeof _electron.launch>[0]): Promise<ElectronApplication> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await _electron.launch({ timeout: ATTACH_LIMIT_MS, ...options });
    } catch (error) {
      if (!(error instanceof errors.TimeoutError) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

/** `launch` starts apps for one test; they are quit, and their complaints looked at, when the test ends. */
export const test = base.extend<{ launch: (options?: LaunchOptions) => Promise<RunningApp> }>({
  launch: async ({}, use) => {
    const running: RunningApp[] = [];
    await use(async (options) => {
      const app = await launchApp(options);
      running.push(app);
      return app;
    });
    for (const app of running) await app.close();
  },
});

export { expect };

export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'oscaro-e2e-'));
}

function loggedErrors(userData: string): string[] {
  const file = join(userData, 'logs', 'main.log');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.includes('[error]'));
}

function textOf(message: ConsoleMessage): string {
  return `${message.type()}: ${message.text()} (${message.location().url})`;
}
