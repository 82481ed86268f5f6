import { must, openEngine } from '../lib/engine.ts';
import { answer, programInput } from '../lib/program.ts';

/** Fetches, verifies and keeps invoices of a synced folder. */
const { url, folder, ids } = programInput<{ url: string; folder: string; ids: string[] }>();
const engine = openEngine(folder, url);
await must(engine.handlers['sync.now'](undefined));
const started = performance.now();
const { here, failed } = await must(engine.handlers['invoices.download']({ ids }));
const ms = performance.now() - started;
if (here !== ids.length || failed > 0) throw new Error(`${here} are here, ${failed} failed`);
await engine.close();
answer({ ms });
