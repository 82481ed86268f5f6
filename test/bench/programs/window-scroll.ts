import type { DatasetFacts } from '../data/dataset.ts';
import { answer, programInput } from '../lib/program.ts';
import { percentile } from '../lib/stats.ts';
import { command, openWindow } from '../lib/window.ts';

/** Scrolls the list of all orders for five seconds, a little faster in each frame: how long the frames are. */
const { url, data, facts } = programInput<{ url: string; data: string; facts: DatasetFacts }>();
const { app, page } = await openWindow(data, url);
await command(app, 'orders');
const list = page.locator('[role=listbox], [role=grid]').first();
await list.locator('[role=option], [role=row]').first().waitFor();

const measured = await list.evaluate(async (box) => {
  const frames: number[] = [];
  const longTasks: number[] = [];
  const observer = new PerformanceObserver((entries) => {
    for (const entry of entries.getEntries()) longTasks.push(entry.duration);
  });
  observer.observe({ type: 'longtask' });
  let last = await new Promise<number>(requestAnimationFrame);
  const end = last + 5000;
  let step = 20;
  while (last < end) {
    box.scrollTop += step;
    step *= 1.01;
    const now = await new Promise<number>(requestAnimationFrame);
    frames.push(now - last);
    last = now;
  }
  observer.disconnect();
  return { frames, longTasks, scrolled: box.scrollTop, height: box.scrollHeight };
});
await app.close();
if (measured.scrolled < 1000) throw new Error(`the list of ${facts.orders} orders did not scroll`);
answer({
  longestMs: Math.max(...measured.frames),
  p95Ms: percentile(measured.frames, 95),
  longTasks: measured.longTasks.length,
  scrolledPx: measured.scrolled,
});
