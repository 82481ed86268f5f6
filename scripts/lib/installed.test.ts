import { describe, expect, it } from 'vitest';

import { installedMatchesLock } from './installed.mjs';

const manifest = { dependencies: { a: '^1.0.0' }, devDependencies: { b: '2.0.0' } };
const lock = {
  packages: {
    '': manifest,
    'node_modules/a': { version: '1.2.0' },
    'node_modules/b': { version: '2.0.0' },
    'node_modules/b-other-platform': { version: '2.0.0', optional: true },
  },
};
const installed = {
  packages: { 'node_modules/a': { version: '1.2.0' }, 'node_modules/b': { version: '2.0.0' } },
};

describe('installedMatchesLock', () => {
  it('is content with what npm installed, other platforms left out', () => {
    expect(installedMatchesLock(manifest, lock, installed)).toBe(true);
  });

  it('asks for an installation when there was none, or it was interrupted', () => {
    expect(installedMatchesLock(manifest, lock, undefined)).toBe(false);
  });

  it('notices another version in the lock file', () => {
    const newer = { packages: { ...lock.packages, 'node_modules/a': { version: '1.3.0' } } };
    expect(installedMatchesLock(manifest, newer, installed)).toBe(false);
  });

  it('notices a package that is missing', () => {
    expect(
      installedMatchesLock(manifest, lock, { packages: { 'node_modules/a': { version: '1.2.0' } } }),
    ).toBe(false);
  });

  it('notices a package.json that the lock file does not follow', () => {
    expect(installedMatchesLock({ ...manifest, dependencies: { a: '^2.0.0' } }, lock, installed)).toBe(false);
  });
});
