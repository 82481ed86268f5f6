import { availableParallelism } from 'node:os';
import { expect, it } from 'vitest';
import { playSeeds } from './pool.ts';
import { REGRESSIONS } from './regressions.ts';
import { Violation, demand } from './violation.ts';

/** Another range than the one that a person plays by hand first, and the same each time: a test that fails must fail again. */
const FROM = 1_000_000;
const SEEDS = Number(process.env['SIMULATION_SEEDS'] ?? 2000);
const workers = Math.min(4, availableParallelism());

const failures = (played: Awaited<ReturnType<typeof playSeeds>>): string[] =>
  played.flatMap(({ seed, failure }) =>
    failure ? [`seed ${seed}: ${failure.message}\n  npm run simulate -- --from ${seed} --trace`] : [],
  );

it('plays the same world twice from one seed', { timeout: 300_000 }, async () => {
  const once = await playSeeds({ from: 7, count: 6, workers: 2 });
  const again = await playSeeds({ from: 7, count: 6, workers: 1 });
  const digests = (played: typeof once): string[] =>
    played.map(({ seed, digest }) => `${seed} ${digest}`).sort();
  expect(digests(again)).toEqual(digests(once));
  expect(new Set(once.map(({ digest }) => digest)).size).toBe(6);
});

it('holds what seeds once found', { timeout: 300_000 }, async () => {
  for (const [seed] of REGRESSIONS)
    expect(failures(await playSeeds({ from: seed, count: 1, workers: 1 }))).toEqual([]);
});

it('keeps every invariant in every world', { timeout: 1_800_000 }, async () => {
  const played = await playSeeds({ from: FROM, count: SEEDS, workers });
  expect(failures(played)).toEqual([]);
  expect(played).toHaveLength(SEEDS);
});

it('tells a broken invariant by its number', () => {
  expect(() => demand(false, 3, 'two of them differ')).toThrow(Violation);
});
