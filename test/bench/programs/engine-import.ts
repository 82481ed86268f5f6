import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '#shared/domain/ids.ts';
import { fleetCsv } from '../lib/fleet-csv.ts';
import { must, noNetwork, openEngine } from '../lib/engine.ts';
import { answer, programInput } from '../lib/program.ts';

/**
 * Looks through a file of vehicles and then imports them, without a network. All the while somebody else asks for the newest orders, and the
 * longest that an answer takes is noted.
 */
const { url, folder, vehicles } = programInput<{ url: string; folder: string; vehicles: number }>();
const engine = openEngine(folder, url, { transport: noNetwork });
const { handlers } = engine;
const path = join(folder, 'fleet.csv');
writeFileSync(path, fleetCsv(vehicles));
await look();

/** As long as the import takes, about. */
const IDLE_MS = 4000;
const idle = await besides(() => sleep(IDLE_MS));
const preview = await besides(() => must(handlers['vehicles.importPreview']({ path })));
const { importId, counts } = preview.value;
if (counts.add !== vehicles) throw new Error(`${JSON.stringify(counts)} of ${vehicles}`);
const apply = await besides(() => must(handlers['vehicles.importApply']({ importId, jobId: newId() })));
const { added, skipped } = apply.value;
if (added !== vehicles || skipped > 0) throw new Error(`${added} were added, ${skipped} were not`);
await engine.close();
answer({
  idleWaitMs: idle.longestMs,
  previewMs: preview.ms,
  previewWaitMs: preview.longestMs,
  applyMs: apply.ms,
  applyWaitMs: apply.longestMs,
});

async function besides<T>(work: () => Promise<T>): Promise<{ value: T; ms: number; longestMs: number }> {
  let done = false;
  const started = performance.now();
  const working = work().finally(() => (done = true));
  let longestMs = 0;
  while (!done) {
    const asked = performance.now();
    // From another turn of the event loop, as a message from the window comes.
    await sleep(0);
    await look();
    longestMs = Math.max(longestMs, performance.now() - asked);
    await Promise.race([working, sleep(10)]);
  }
  return { value: await working, ms: performance.now() - started, longestMs };
}

async function look(): Promise<void> {
  await must(handlers['orders.page']({ filter: {}, offset: 0, limit: 50 }));
}
