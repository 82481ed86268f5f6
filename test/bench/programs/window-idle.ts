import { setTimeout as sleep } from 'node:timers/promises';
import { _electron } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { appEnvironment, electronExecutable, platformArgs } from '#test/support/electron.ts';
import { GARAGE } from '../lib/demo-garage.ts';
import { idleMsPerSecond } from '../lib/processor-time.ts';
import { answer, programInput } from '../lib/program.ts';
import { openWindow } from '../lib/window.ts';

/** All processes of an app that nobody touches: of ours, signed in and synced, its stream of hints open; or of an empty window (`hello`). */
const { url, data, hello, orders, seconds } = programInput<{
  url: string;
  data: string;
  hello?: string;
  orders: number;
  seconds: number;
}>();
/** What a start and a first sync leave behind is tidied up by then: for some thirty seconds V8 collects garbage and Chromium lets go of memory. */
const SETTLE_MS = 60_000;

const { app, page } = hello === undefined ? await openWindow(data, url) : await openHello(hello);
if (hello === undefined) await signIn(page);
await sleep(SETTLE_MS);
const msPerSecond = await idleMsPerSecond(app.process().pid ?? 0, seconds);
await app.close();
answer({ msPerSecond });

async function openHello(folder: string): Promise<{ app: ElectronApplication; page: Page }> {
  const running = await _electron.launch({
    executablePath: electronExecutable(),
    args: [...platformArgs, folder],
    env: appEnvironment(data, { serviceUrl: url }),
  });
  return { app: running, page: await running.firstWindow() };
}

async function signIn(into: Page): Promise<void> {
  await into.evaluate(
    async ({ who, count }) => {
      const { calls, on } = window.oscaro;
      const synced = new Promise<void>((resolve) => {
        on('sync.status', ({ phase, firstSync, counts }) => {
          if (phase === 'idle' && !firstSync && counts.orders === count) resolve();
        });
      });
      const signedIn = await calls['session.signIn'](who);
      if (!signedIn.ok) throw new Error(signedIn.error.kind);
      await synced;
    },
    { who: GARAGE, count: orders },
  );
}
