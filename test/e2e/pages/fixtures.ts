import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type LaunchOptions, type RunningApp } from '#test/support/electron.ts';
import { spawnService, type SpawnedService } from '#test/support/service.ts';
import { Frame } from './frame.ts';
import { SignInPage } from './sign-in-page.ts';

type AccountKind = 'private' | 'garage';

interface Fixtures {
  /** Where saved files go, without a dialog. */
  saveDir: string;
  /** Starts the app against the demo service, on the sign-in screen. */
  start: (options?: LaunchOptions) => Promise<RunningApp & { signIn: SignInPage }>;
  /** Starts the app and signs in to a demo account; resolves when everything has been read. */
  signedIn: (kind: AccountKind, options?: LaunchOptions) => Promise<RunningApp & { frame: Frame }>;
}

/** The real app with the real service, whose demo accounts are made once for each worker. */
export const test = base.extend<Fixtures, { service: SpawnedService }>({
  service: [
    async ({}, use) => {
      const data = mkdtempSync(join(tmpdir(), 'oscaro-e2e-service-'));
      const service = await spawnService(['--port', '0', '--demo', '--rate-limit', '0', '--data', data]);
      await use(service);
      await service.stop();
      rmSync(data, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  saveDir: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'oscaro-e2e-saved-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  start: async ({ launch, service, saveDir }, use) => {
    await use(async (options = {}) => {
      const running = await launch({
        serviceUrl: service.url,
        ...options,
        env: { OSCARO_DEMO: '1', OSCARO_TEST_SAVE_DIR: saveDir, ...options.env },
      });
      return { ...running, signIn: new SignInPage(running.page) };
    });
  },
  signedIn: async ({ start }, use) => {
    await use(async (kind, options) => {
      const running = await start(options);
      await running.signIn.useDemo(kind);
      const frame = new Frame(running.page);
      await frame.upToDate();
      return { ...running, frame };
    });
  },
});

export { expect } from '#test/support/electron.ts';
