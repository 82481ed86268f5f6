import { LiveService } from './live-service.ts';
import { runSeed } from './run-seed.ts';
import { StillClock } from './still-clock.ts';

/** Plays one seed and shows everything that happens in it; answers the exit code. */
export async function playTraced(seed: number): Promise<number> {
  const stillClock = new StillClock();
  const service = new LiveService();
  await service.up();
  stillClock.install();
  const outcome = await runSeed(seed, service, stillClock, { print: (line) => console.log(line) });
  stillClock.uninstall();
  await service.end();
  console.log(
    outcome.failure ? `✗ seed ${seed}` : `✓ seed ${seed}, ${outcome.events} events, trace ${outcome.digest}`,
  );
  return outcome.failure ? 1 : 0;
}
