import { describe, expect, it } from 'vitest';
import { median, percentile, sample } from './stats.ts';

describe('median', () => {
  it('is the middle of an odd number of values, whatever their order', () => {
    expect(median([30, 1, 20])).toBe(20);
  });

  it('is the mean of the two middle values of an even number', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('compares as numbers, not as text', () => {
    expect(median([9, 10, 100])).toBe(10);
  });

  it('refuses to invent a value from nothing', () => {
    expect(() => median([])).toThrow('no values');
  });
});

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);

  it('takes the nearest rank', () => {
    expect(percentile(hundred, 95)).toBe(95);
    expect(percentile(hundred, 100)).toBe(100);
    expect(percentile([7], 95)).toBe(7);
  });

  it('counts a single slow run among few', () => {
    expect(percentile([1, 1, 1, 50], 95)).toBe(50);
  });
});

describe('sample', () => {
  it('keeps the spread beside the median', () => {
    expect(sample([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3, runs: 3 });
  });

  it('leaves the values as they were', () => {
    const values = [3, 1, 2];
    sample(values);
    expect(values).toEqual([3, 1, 2]);
  });
});
