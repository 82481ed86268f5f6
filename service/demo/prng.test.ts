import { describe, expect, it } from 'vitest';
import { Uuid } from '#shared/domain/ids.ts';
import { Prng } from './prng.ts';

describe('Prng', () => {
  it('repeats itself for the same seed, and not for a near one', () => {
    const first = (seed: string): number[] => {
      const rng = new Prng(seed);
      return Array.from({ length: 5 }, () => rng.uint32());
    };
    expect(first('demo/1')).toEqual(first('demo/1'));
    expect(first('demo/1')).not.toEqual(first('demo/2'));
  });

  it('spreads evenly over a range, both ends included', () => {
    const rng = new Prng('even');
    const counts = new Map<number, number>();
    for (let i = 0; i < 6000; i += 1) {
      const face = rng.int(1, 6);
      counts.set(face, (counts.get(face) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    // Five standard deviations of a fair die.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(145);
  });

  it('makes ids of version 7 that sort by their moment', () => {
    const rng = new Prng('ids');
    const early = rng.idAt(Date.UTC(2024, 0, 1));
    const late = rng.idAt(Date.UTC(2026, 0, 1));
    for (const id of [early, late]) {
      expect(Uuid.safeParse(id).success).toBe(true);
      expect(id.charAt(14)).toBe('7');
    }
    expect(early < late).toBe(true);
  });

  it('fills patterns', () => {
    const rng = new Prng('patterns');
    for (let i = 0; i < 50; i += 1) {
      expect(rng.fill('0 986 4{79|94} ###')).toMatch(/^0 986 4(79|94) \d{3}$/);
      expect(rng.fill('@@-#{|/HD}')).toMatch(/^[A-Z]{2}-\d(\/HD)?$/);
    }
  });
});
