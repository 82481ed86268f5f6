import { describe, expect, it } from 'vitest';
import { parseOptions } from './options.ts';

const known = ['sync', 'search'];

describe('the options of the benches', () => {
  it('measure every suite five times at 10k orders unless told otherwise', () => {
    expect(parseOptions([], known)).toEqual({
      suites: [],
      runs: 5,
      size: '10k',
      peers: false,
      publish: false,
    });
  });

  it('take names and numbers in any order', () => {
    expect(
      parseOptions(['--runs', '7', 'search', '--peers', '--size=100k', 'sync', '--publish'], known),
    ).toEqual({
      suites: ['search', 'sync'],
      runs: 7,
      size: '100k',
      peers: true,
      publish: true,
    });
  });

  it('name the suites there are when one is unknown', () => {
    expect(() => parseOptions(['serach'], known)).toThrow('Unknown suite serach. There are: sync, search.');
  });

  it.each(['0', '1.5', '-3', 'many', '100'])('refuse %s runs', (runs) => {
    expect(() => parseOptions([`--runs=${runs}`], known)).toThrow('--runs');
  });

  it('refuse another size and an unknown option', () => {
    expect(() => parseOptions(['--size', '20k'], known)).toThrow('--size');
    expect(() => parseOptions(['--fast'], known)).toThrow('--fast');
  });
});
