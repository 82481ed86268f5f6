import { LiveService } from './live-service.ts';
import { runSeed } from './run-seed.ts';
import { StillClock } from './still-clock.ts';

/* A process that plays the seeds it is told, `from` to `to`, and writes a line of JSON for each. */

const [from = 1, to = 1, trace = 0] = process.argv.slice(2).map(Number);
/** A service that has seen many worlds is slower; a new one costs some milliseconds. */
const WORLDS_PER_SERVICE = 25;

const stillClock = new StillClock();
let service = new LiveService();
await service.up();
stillClock.install();
for (let seed = from; seed <= to; seed += 1) {
  if ((seed - from) % WORLDS_PER_SERVICE === WORLDS_PER_SERVICE - 1) {
    await service.end();
    service = new LiveService();
    await service.up();
  }
  const started = process.cpuUsage();
  const print = trace === 1 ? (line: string) => process.stderr.write(`${line}\n`) : undefined;
  const outcome = await runSeed(seed, service, stillClock, print ? { print } : {});
  process.stdout.write(`${JSON.stringify({ ...outcome, cpuMs: cpuMs(started) })}\n`);
}
await service.end();
process.exit(0);

/** The processor's time, which tells the cost of a seed also on a computer that does other things. */
function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return Math.round((user + system) / 1000);
}
