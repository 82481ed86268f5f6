import { errors } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import type { OrderStatus } from '#shared/domain/order-status.ts';
import type { DatasetFacts } from '../data/dataset.ts';
import { answer, programInput } from '../lib/program.ts';
import { percentile } from '../lib/stats.ts';
import { command, openWindow } from '../lib/window.ts';

/** What the page sees: lists over the bridge, the same rows from a handler that only hands them over, and search as typed. */
const { url, data, facts } = programInput<{ url: string; data: string; facts: DatasetFacts }>();
const { app, page } = await openWindow(data, url);
const questions = facts.lists.map(({ vehicle, status }) => ({
  filter: { vehicle, statuses: [status as OrderStatus] },
  offset: 0,
  limit: 50,
}));

const listP95 = percentile(await ask(page), 95);
const searchP95 = percentile(await type(app, page), 95);
await handOver(app, page);
const emptyP95 = percentile(await ask(page), 95);
await app.close();
answer({ listP95, emptyP95, searchP95 });

function ask(from: Page): Promise<number[]> {
  return from.evaluate(async (all) => {
    const spent: number[] = [];
    for (const [index, question] of [...all.slice(0, 20), ...all].entries()) {
      const started = performance.now();
      const rows = await window.oscaro.calls['orders.page'](question);
      if (!rows.ok) throw new Error(rows.error.kind);
      if (index >= 20) spent.push(performance.now() - started);
    }
    return spent;
  }, questions);
}

/** Puts a handler in the place of ours that answers 50 rows that it has in memory. */
async function handOver(running: ElectronApplication, from: Page): Promise<void> {
  const rows = await from.evaluate(() =>
    window.oscaro.calls['orders.page']({ filter: {}, offset: 0, limit: 50 }),
  );
  await running.evaluate(({ ipcMain }, canned) => {
    ipcMain.removeHandler('orders.page');
    ipcMain.handle('orders.page', () => canned);
  }, rows);
}

/** Types words key by key; from each key press until the frame after the answer to it was drawn. */
async function type(running: ElectronApplication, into: Page): Promise<number[]> {
  await command(running, 'search');
  const input = into.locator('dialog input[role=combobox]');
  await input.waitFor();
  await into.evaluate(() => {
    const spent: number[] = [];
    Object.assign(globalThis, { benchSpent: spent });
    const list = document.querySelector('dialog [role=listbox]');
    if (!list) throw new Error('the search shows no list');
    let pressedAt: number | undefined;
    addEventListener('keydown', (event) => (pressedAt = event.timeStamp), { capture: true });
    new MutationObserver(() => {
      if (pressedAt === undefined) return;
      const since = pressedAt;
      pressedAt = undefined;
      // The frame is drawn after its callback: what comes next on the message queue runs when it was.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => spent.push(performance.now() - since);
        port2.postMessage(undefined);
      });
    }).observe(list, { childList: true, subtree: true, characterData: true });
  });
  const noted = (): Promise<number> =>
    into.evaluate(() => (globalThis as unknown as { benchSpent: number[] }).benchSpent.length);
  for (const text of facts.searches.slice(0, 20)) {
    await input.fill('');
    for (const key of text) {
      const before = await noted();
      await into.keyboard.type(key);
      // Some keys change nothing that is shown; those are not counted.
      await into
        .waitForFunction(
          (count) => (globalThis as unknown as { benchSpent: number[] }).benchSpent.length > count,
          before,
          {
            timeout: 150,
          },
        )
        .catch(ignoreTimeout);
    }
  }
  return into.evaluate(() => (globalThis as unknown as { benchSpent: number[] }).benchSpent);
}

function ignoreTimeout(error: unknown): void {
  if (!(error instanceof errors.TimeoutError)) throw error;
}
