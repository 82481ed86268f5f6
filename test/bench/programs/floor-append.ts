import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { answer, programInput } from '../lib/program.ts';
import { percentile } from '../lib/stats.ts';

/** Appends lines to a file and waits until each is on the disk, one right after the other: what the disk alone takes. */
const { folder, count } = programInput<{ folder: string; count: number }>();
const LINE = Buffer.from(`${'x'.repeat(500)}\n`);

const file = openSync(join(folder, 'lines'), 'w', 0o600);
const spent: number[] = [];
for (let i = 0; i < count; i += 1) {
  const started = performance.now();
  writeSync(file, LINE);
  fdatasyncSync(file);
  spent.push(performance.now() - started);
}
closeSync(file);
answer({ p95: percentile(spent, 95) });
