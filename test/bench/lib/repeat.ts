import { percentile } from './stats.ts';

/** Milliseconds of each call, after a tenth of the calls (at least one) as warm-up. */
export async function times<T>(inputs: readonly T[], call: (input: T) => unknown): Promise<number[]> {
  for (const input of inputs.slice(0, Math.max(1, Math.ceil(inputs.length / 10)))) await call(input);
  const spent: number[] = [];
  for (const input of inputs) {
    const started = performance.now();
    await call(input);
    spent.push(performance.now() - started);
  }
  return spent;
}

export async function p95<T>(inputs: readonly T[], call: (input: T) => unknown): Promise<number> {
  return percentile(await times(inputs, call), 95);
}
