import type { World } from './world.ts';

export interface Case {
  name: string;
  /** Throws when the service does not do what the name says, and Skipped when that cannot be seen here. */
  run(world: World): Promise<void>;
}

export interface Group {
  title: string;
  cases: readonly Case[];
}

/** Cases by their names. */
export const group = (title: string, cases: Record<string, Case['run']>): Group => ({
  title,
  cases: Object.entries(cases).map(([name, run]) => ({ name, run })),
});

/** Runs a case and takes away what it made, also when it failed. */
export async function runCase({ run }: Case, world: World): Promise<void> {
  try {
    await run(world);
  } finally {
    await world.cleanUp();
  }
}
