import { diskReadsKb } from '../lib/disk.ts';
import { must, openEngine } from '../lib/engine.ts';
import { answer, programInput } from '../lib/program.ts';

/** Opens a synced folder and reads the newest 50 orders; the answer is printed before anything is closed. */
const { url, folder } = programInput<{ url: string; folder: string }>();
const engine = openEngine(folder, url);
const rows = await must(engine.handlers['orders.page']({ filter: {}, offset: 0, limit: 50 }));
answer({ rows: rows.length, readKb: diskReadsKb() });
await engine.close();
