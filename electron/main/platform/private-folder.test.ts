import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepPrivate } from './private-folder.ts';

let dir: string;
let warnings: string[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'private-'));
  warnings = [];
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const keep = (folder: string) => keepPrivate(folder, (_, message) => warnings.push(message));
const modeOf = (path: string) => statSync(path).mode & 0o777;

it('makes a folder that only its owner may enter', () => {
  keep(join(dir, 'a', 'b'));
  expect(modeOf(join(dir, 'a', 'b'))).toBe(0o700);
  expect(warnings).toEqual([]);
});

it('closes one that was open, with what it holds', () => {
  const folder = join(dir, 'open');
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'kept'), 'x');
  keep(folder);
  expect(modeOf(folder)).toBe(0o700);
  expect(statSync(join(folder, 'kept')).size).toBe(1);
});

it('warns where it cannot, and goes on', () => {
  writeFileSync(join(dir, 'file'), '');
  keep(join(dir, 'file', 'below'));
  expect(warnings).toEqual(['the folder could not be closed to others']);
});
