import type { Metrics } from './program.ts';
import type { Sample } from './stats.ts';
import { sample } from './stats.ts';

/** One measurement in a fresh process; `run` counts from 0. */
export type Measurement = (run: number) => Promise<Metrics>;

/**
 * Takes turns: every round runs each measurement once, in the order given in even rounds and backwards in odd ones, so
 * that neither a machine that grows busier nor the place in the round favours one. A first round warms caches and does
 * not count. Answers a sample for each `name.metric`.
 */
export async function alternate(
  measurements: Readonly<Record<string, Measurement>>,
  runs: number,
  report: (line: string) => void,
): Promise<Map<string, Sample>> {
  const values = new Map<string, number[]>();
  const names = Object.keys(measurements);
  for (let round = -1; round < runs; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const metrics = await (measurements[name] as Measurement)(round);
      if (round < 0) continue;
      report(`${name} ${round + 1}/${runs}: ${describe(metrics)}`);
      for (const [metric, value] of Object.entries(metrics)) {
        const key = `${name}.${metric}`;
        values.set(key, [...(values.get(key) ?? []), value]);
      }
    }
  }
  return new Map([...values].map(([key, all]) => [key, sample(all)]));
}

function describe(metrics: Metrics): string {
  return Object.entries(metrics)
    .map(([name, value]) => `${name} ${value.toFixed(2)}`)
    .join(', ');
}
