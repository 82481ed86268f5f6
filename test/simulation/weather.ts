import type { Random } from './random.ts';

/** How rough one world is: seeds differ in which faults they know, so that each kind also meets calm surroundings. */
export interface Weather {
  steps: number;
  replicas: number;
  accounts: number;
  /** Of each request. */
  network: number;
  /** Of each operation. */
  kills: number;
  diskFaults: number;
  disasters: number;
  /** How many changes the service gives at once. */
  page: number;
  /** What a look at the engine's stopwatch adds to it: above 4 ms transactions pause at every row. */
  stopwatchMs: number;
}

export function weatherOf(random: Random): Weather {
  const sometimes = (probability: number, value: number): number =>
    random.chance(probability) ? value * random.float() : 0;
  return {
    steps: random.int(120, 260),
    replicas: random.weighted([
      [4, 2],
      [4, 3],
      [1, 4],
      [1, 5],
    ]),
    accounts: random.chance(0.2) ? 2 : 1,
    network: sometimes(0.75, 0.6),
    kills: sometimes(0.5, 0.06),
    diskFaults: sometimes(0.4, 0.1),
    disasters: sometimes(0.6, 0.06),
    page: random.pick([3, 8, 30, 500, 500]),
    stopwatchMs: random.chance(0.15) ? 5 : 0.001,
  };
}
