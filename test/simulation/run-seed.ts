import { start } from './disasters.ts';
import { signIn } from './acts.ts';
import { finish } from './finish.ts';
import type { LiveService } from './live-service.ts';
import { step } from './steps.ts';
import type { StillClock } from './still-clock.ts';
import { Violation } from './violation.ts';
import { World } from './world.ts';

export interface Outcome {
  seed: number;
  /** Of the trace: two runs of one seed must give the same. */
  digest: string;
  events: number;
  failure?: { invariant: number; message: string; lines: string[] };
}

/** Plays one world from its seed to its end. Whatever goes wrong is in the outcome; nothing is thrown. */
export async function runSeed(
  seed: number,
  service: LiveService,
  stillClock: StillClock,
  options: { print?: (line: string) => void } = {},
): Promise<Outcome> {
  const world = new World(seed, service, stillClock, options.print);
  let failure: Outcome['failure'];
  try {
    await world.populate();
    for (const replica of world.replicas) {
      await start(world, replica);
      if (world.random.chance(0.8)) await signIn(world, replica);
      await world.check();
    }
    for (let n = 0; n < world.weather.steps; n += 1) {
      await step(world);
      await world.check();
      if (world.problem) throw world.problem;
    }
    await finish(world);
    if (world.problem) throw world.problem;
  } catch (error) {
    const message =
      error instanceof Violation
        ? error.message
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error);
    failure = {
      invariant: error instanceof Violation ? error.invariant : 0,
      message,
      lines: world.trace.lines.slice(-40),
    };
    options.print?.(`FAILED: ${message}`);
  } finally {
    await world.end();
  }
  return { seed, digest: world.trace.digest(), events: world.trace.count, ...(failure && { failure }) };
}
