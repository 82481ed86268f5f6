import type { ElectronApplication } from '@playwright/test';
import type { DatasetFacts } from '../data/dataset.ts';
import { answer, programInput } from '../lib/program.ts';
import { openWindow } from '../lib/window.ts';

/** The longest time for which the main process answers nobody: while a first sync runs, and for as long while nothing does. */
const { url, data, facts } = programInput<{ url: string; data: string; facts: DatasetFacts }>();
const { app, page } = await openWindow(data, url);
await page.evaluate(() => window.oscaro.calls['session.get'](undefined));

await watch(app);
const syncMs = await page.evaluate(async (orders) => {
  const started = performance.now();
  const { calls } = window.oscaro;
  const done = new Promise<void>((resolve) => {
    window.oscaro.on('sync.status', ({ phase, firstSync, counts }) => {
      if (phase === 'idle' && !firstSync && counts.orders === orders) resolve();
    });
  });
  const signedIn = await calls['session.signIn']({ email: 'garage@example.org', password: 'bench' });
  if (!signedIn.ok) throw new Error(signedIn.error.kind);
  await done;
  return performance.now() - started;
}, facts.orders);
const syncStallMs = await longestStall(app);

await watch(app);
await page.waitForTimeout(syncMs);
const idleStallMs = await longestStall(app);
await app.close();
answer({ syncMs, syncStallMs, idleStallMs });

/** Notes how late a timer of 1 ms comes, from inside. */
function watch(running: ElectronApplication): Promise<void> {
  return running.evaluate(() => {
    const watcher = { longest: 0, last: performance.now(), timer: setInterval(look, 1) };
    function look(): void {
      const now = performance.now();
      watcher.longest = Math.max(watcher.longest, now - watcher.last - 1);
      watcher.last = now;
    }
    Object.assign(globalThis, { benchWatcher: watcher });
  });
}

function longestStall(running: ElectronApplication): Promise<number> {
  return running.evaluate(() => {
    const { benchWatcher } = globalThis as unknown as {
      benchWatcher: { longest: number; timer: ReturnType<typeof setInterval> };
    };
    clearInterval(benchWatcher.timer);
    return benchWatcher.longest;
  });
}
