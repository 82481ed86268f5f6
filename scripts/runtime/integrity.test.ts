import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { packedFileName } from './npm-pack.ts';
import { verifyDigest } from './integrity.ts';
import { missingPackages } from './system-packages.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'runtime-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('verifyDigest', () => {
  const content = Buffer.from('the pinned archive');
  const digest = createHash('sha512').update(content).digest('base64');
  const expected = { algorithm: 'sha512', encoding: 'base64', digest } as const;

  it('lets the pinned file through', async () => {
    writeFileSync(join(dir, 'a.tgz'), content);
    await expect(verifyDigest(join(dir, 'a.tgz'), expected)).resolves.toBeUndefined();
  });

  it.each([
    ['one byte changed', Buffer.from('the pinned archivf')],
    ['cut short', content.subarray(0, 5)],
    ['empty', Buffer.alloc(0)],
  ])('refuses a file with %s', async (_, corrupted) => {
    writeFileSync(join(dir, 'a.tgz'), corrupted);
    await expect(verifyDigest(join(dir, 'a.tgz'), expected)).rejects.toThrow(
      'is not the file that is pinned',
    );
  });
});

describe('packedFileName', () => {
  it('reads the list of older npm versions and the object of newer ones', () => {
    expect(packedFileName('[{"id":"a@1","filename":"a-1.tgz"}]')).toBe('a-1.tgz');
    expect(packedFileName('{"a":{"filename":"a-1.tgz"}}')).toBe('a-1.tgz');
    expect(() => packedFileName('[]')).toThrow('unexpected');
  });
});

describe('missingPackages', () => {
  const listing = [
    'xvfb\tinstalled\t',
    'libgtk-3-0t64\tinstalled\tlibgtk-3-0 (= 3.24.41-4)',
    'libnss3\tconfig-files\t',
    'libasound2t64\tinstalled\tlibasound2 (= 1.2.11-1), libasound2-dev-alias',
  ].join('\n');

  it('accepts a library under its new name', () => {
    expect(missingPackages(['xvfb', 'libgtk-3-0', 'libasound2'], listing)).toEqual([]);
  });

  it('names what was removed or never there', () => {
    expect(missingPackages(['libnss3', 'qpdf', 'xvfb'], listing)).toEqual(['libnss3', 'qpdf']);
  });
});
