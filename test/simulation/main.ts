import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { playKills } from './kills/play-kills.ts';
import { playMutants } from './mutants/play-mutants.ts';
import { INVARIANTS } from './violation.ts';
import type { Played } from './pool.ts';
import { playSeeds } from './pool.ts';
import { playTraced } from './traced.ts';

/* npm run simulate -- [--seeds N] [--from S] [--workers W] | --from S --trace | --mutants [names] | --kills */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(availableParallelism()) },
    trace: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
    kills: { type: 'boolean', default: false },
  },
});
const [from, count, workers] = [Number(values.from), Number(values.seeds), Number(values.workers)];

if (values.trace) process.exitCode = await playTraced(from);
else if (values.mutants) process.exitCode = await playMutants({ names: positionals, from, count, workers });
else if (values.kills) process.exitCode = await playKills({ every: 1 });
else process.exitCode = await playMany();

async function playMany(): Promise<number> {
  const started = performance.now();
  let done = 0;
  const played = await playSeeds({
    from,
    count,
    workers,
    onPlayed: (one) => {
      done += 1;
      if (one.failure) tell(one);
      else if (done % 100 === 0)
        console.log(`${done} of ${count}, ${((performance.now() - started) / 1000).toFixed(0)} s`);
    },
  });
  const failed = played.filter(({ failure }) => failure);
  const cpu = played.reduce((sum, one) => sum + one.cpuMs, 0) / Math.max(1, played.length);
  const events = played.reduce((sum, one) => sum + one.events, 0);
  console.log(
    `${played.length} seeds, ${events} events, ${failed.length} failed, ${cpu.toFixed(0)} ms of processor time each, ` +
      `${((performance.now() - started) / 1000).toFixed(0)} s in all`,
  );
  return failed.length > 0 ? 1 : 0;
}

function tell({ seed, failure }: Played): void {
  if (!failure) return;
  console.log(`✗ seed ${seed}: ${failure.message}`);
  console.log(
    `  (${INVARIANTS[failure.invariant] ?? ''}) to see it again: npm run simulate -- --from ${seed} --trace`,
  );
}
