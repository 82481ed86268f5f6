import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { fingerprint } from './fingerprint.ts';
import { stampMatches, writeStamp } from './stamp.ts';

let dir: string;
const of = () =>
  fingerprint(dir, { include: ['src', 'one.json', 'missing'], skip: (path) => path.endsWith('.test.ts') });

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fingerprint-'));
  mkdirSync(join(dir, 'src', 'deep'), { recursive: true });
  writeFileSync(join(dir, 'src', 'deep', 'a.ts'), 'a');
  writeFileSync(join(dir, 'one.json'), '{}');
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('fingerprint', () => {
  it('does not depend on when files were written', () => {
    const before = of();
    utimesSync(join(dir, 'one.json'), 1, 1);
    expect(of()).toBe(before);
  });

  it('changes with a content, a name, a new file', () => {
    const seen = new Set([of()]);
    writeFileSync(join(dir, 'src', 'deep', 'a.ts'), 'b');
    seen.add(of());
    renameSync(join(dir, 'src', 'deep', 'a.ts'), join(dir, 'src', 'deep', 'b.ts'));
    seen.add(of());
    writeFileSync(join(dir, 'src', 'c.ts'), '');
    seen.add(of());
    expect(seen.size).toBe(4);
  });

  it('leaves out what is skipped and what was not asked for', () => {
    const before = of();
    writeFileSync(join(dir, 'src', 'a.test.ts'), 'x');
    writeFileSync(join(dir, 'other.json'), 'x');
    expect(of()).toBe(before);
  });
});

describe('stamp', () => {
  it('matches what was written, and nothing before that', () => {
    const file = join(dir, 'out', '.stamp');
    expect(stampMatches(file, 'abc')).toBe(false);
    writeStamp(file, 'abc');
    expect(stampMatches(file, 'abc')).toBe(true);
    expect(stampMatches(file, 'abd')).toBe(false);
  });
});
