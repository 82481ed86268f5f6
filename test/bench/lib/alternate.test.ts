import { describe, expect, it } from 'vitest';
import { alternate } from './alternate.ts';

describe('alternating measurements', () => {
  it('takes turns, changes the order each round and does not count the first', async () => {
    const order: string[] = [];
    let clock = 0;
    const measure = (name: string) => (run: number) => {
      order.push(`${name}${run}`);
      clock += 1;
      return Promise.resolve({ ms: clock });
    };
    const samples = await alternate({ a: measure('a'), b: measure('b') }, 2, () => undefined);
    expect(order).toEqual(['b-1', 'a-1', 'a0', 'b0', 'b1', 'a1']);
    expect(samples.get('a.ms')).toEqual({ median: 4.5, min: 3, max: 6, runs: 2 });
    expect(samples.get('b.ms')).toEqual({ median: 4.5, min: 4, max: 5, runs: 2 });
  });

  it('fails with the measurement that fails', async () => {
    const broken = () => Promise.reject(new Error('no feed'));
    await expect(alternate({ broken }, 1, () => undefined)).rejects.toThrow('no feed');
  });
});
