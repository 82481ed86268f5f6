import { describe, expect, it } from 'vitest';

import { parsePackageOptions } from './options.ts';

describe('parsePackageOptions', () => {
  it('makes the folder for users by default', () => {
    expect(parsePackageOptions([])).toEqual({ forTests: false, installers: false });
  });

  it('takes one of two wishes', () => {
    expect(parsePackageOptions(['--installers'])).toEqual({ forTests: false, installers: true });
    expect(parsePackageOptions(['--for-tests'])).toEqual({ forTests: true, installers: false });
  });

  it('makes no installers of what is for tests, and nothing of what nobody would understand', () => {
    expect(() => parsePackageOptions(['--for-tests', '--installers'])).toThrow('Not understood');
    expect(() => parsePackageOptions(['--linux'])).toThrow('Not understood: --linux');
  });
});
