import type { Act } from './acts.ts';
import { change, decide, hint, look as lookAround, poke, shop, sync, takeBack, undo } from './acts.ts';
import {
  backUp,
  clone,
  forgetKeyring,
  failSoon,
  kill,
  killSoon,
  look,
  newerDatabase,
  otherVersion,
  purge,
  restore,
  saveCopy,
  setBack,
  signInAgain,
  spoilFiles,
  start,
  stop,
  wrongClock,
} from './disasters.ts';
import { deliver } from './fates.ts';
import type { Replica } from './replica.ts';
import type { World } from './world.ts';

const ACTS: readonly (readonly [number, Act])[] = [
  [30, change],
  [5, undo],
  [4, decide],
  [2, takeBack],
  [14, sync],
  [2, hint],
  [3, poke],
  [2, lookAround],
  [2, signInAgain],
];

type Disaster = (world: World, replica: Replica) => Promise<void> | void;
const DISASTERS: readonly (readonly [number, Disaster])[] = [
  [3, saveCopy],
  [4, setBack],
  [5, clone],
  [2, spoilFiles],
  [1, forgetKeyring],
  [1, wrongClock],
  [1, otherVersion],
  [1, newerDatabase],
  [2, backUp],
  [2, restore],
  [1, purge],
];

const PAUSES_MS = [1, 200, 1000, 5000, 30_000, 120_000, 1_200_000, 10_800_000] as const;

/** One thing happens: a message gets on, a person does something, time passes, or something breaks. */
export async function step(world: World): Promise<void> {
  const { random, weather } = world;
  const flights = world.replicas.flatMap((replica) =>
    (replica.running?.network.flights ?? []).map((flight) => ({ replica, flight })),
  );
  if (flights.length > 0 && random.chance(0.65)) {
    const { replica, flight } = random.pick(flights);
    await deliver(world, replica, flight);
    return;
  }
  const replica = random.pick(world.replicas);
  if (!replica.running) {
    if (random.chance(0.5)) await start(world, replica);
    return;
  }
  if (replica.spoiled) await look(world, replica);
  if (random.chance(weather.disasters)) {
    await random.weighted(DISASTERS)(world, replica);
    return;
  }
  if (random.chance(weather.kills)) {
    if (random.chance(0.3)) await kill(world, replica);
    else killSoon(world, replica);
    return;
  }
  if (random.chance(weather.diskFaults)) return failSoon(world, replica);
  if (random.chance(0.1)) {
    const ms = random.pick(PAUSES_MS);
    world.note(`${ms / 1000} s pass`);
    await world.time.pass(ms, () => world.settle());
    return;
  }
  if (random.chance(0.03)) return random.chance(0.5) ? stop(world, replica) : shop(world);
  if (replica.known) await random.weighted(ACTS)(world, replica);
  else await signInAgain(world, replica);
}
