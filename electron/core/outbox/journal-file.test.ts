import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { JournalFile } from './journal-file.ts';

let folder: string;
let path: string;
const files: JournalFile[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
  path = join(folder, 'journal');
});
afterEach(() => {
  for (const file of files.splice(0)) file.close();
  rmSync(folder, { recursive: true });
});

function open(): JournalFile {
  const file = new JournalFile(path);
  files.push(file);
  return file;
}

function written(...lines: string[]): JournalFile {
  const file = open();
  file.replace(lines);
  return file;
}

it('reads back what was written, whatever characters it holds', () => {
  const file = written('{"a":1}');
  file.append(['{"b":"é\\n🚗"}', '{}']);
  file.sync();
  const again = open();
  expect(again.read()).toEqual({ lines: ['{"a":1}', '{"b":"é\\n🚗"}', '{}'], damaged: 0 });
  expect(again.mark).toBe(file.mark);
  expect(again.count).toBe(3);
});

it('knows no file from an empty one', () => {
  expect(open().read()).toBeUndefined();
  writeFileSync(path, '');
  expect(open().read()).toEqual({ lines: [], damaged: 0 });
});

it('drops a torn last line at every length, and writes on in its place', () => {
  const file = written('{"a":1}', '{"b":2}');
  const whole = readFileSync(path);
  const first = whole.indexOf('\n') + 1;
  file.close();
  for (let size = first; size < whole.length; size += 1) {
    writeFileSync(path, whole.subarray(0, size));
    const torn = open();
    expect(torn.read()).toEqual({ lines: ['{"a":1}'], damaged: 0 });
    torn.append(['{"c":3}']);
    expect(open().read()).toEqual({ lines: ['{"a":1}', '{"c":3}'], damaged: 0 });
  }
});

it('skips a damaged line and is another file, wherever a single bit flips', () => {
  const { mark } = written('{"a":1}', '{"b":2}', '{"c":3}');
  const whole = readFileSync(path);
  const second = whole.indexOf('\n') + 1;
  const third = whole.indexOf('\n', second) + 1;
  for (let at = second; at < third; at += 1) {
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ 4;
    writeFileSync(path, bytes);
    const file = open();
    const content = file.read();
    expect(file.mark).not.toBe(mark);
    // A line break that is gone makes one line of two, the last one, which is taken for torn.
    if (at !== third - 1) expect(content?.damaged).toBeGreaterThan(0);
    expect(content?.lines).toContain('{"a":1}');
    expect(content?.lines.every((line) => ['{"a":1}', '{"b":2}', '{"c":3}'].includes(line))).toBe(true);
  }
});

it('tells another file of the same size by its mark', () => {
  const mark = written('{"a":1}', '{"b":2}').mark;
  expect(written('{"a":1}', '{"b":3}').mark).not.toBe(mark);
  expect(written('{"b":2}', '{"a":1}').mark).not.toBe(mark);
});

it('takes back what was appended since', () => {
  const file = written('{"a":1}');
  const before = readFileSync(path);
  const takeBack = file.here();
  file.append(['{"b":2}']);
  takeBack();
  expect(readFileSync(path)).toEqual(before);
  file.append(['{"c":3}']);
  expect(open().read()?.lines).toEqual(['{"a":1}', '{"c":3}']);
});

it('leaves alone what was written anew since', () => {
  const file = written('{"a":1}');
  const takeBack = file.here();
  file.replace(['{"x":1}', '{"y":2}']);
  takeBack();
  expect(open().read()?.lines).toEqual(['{"x":1}', '{"y":2}']);
});

it('has nothing of a line that failed half-way, once it can write again', () => {
  let fails = false;
  const file = new JournalFile(path, (what) => {
    if (fails && what !== 'journal: write anew' && what !== 'journal: rename') throw new Error(what);
  });
  files.push(file);
  file.replace(['{"a":1}']);
  const takeBack = file.here();
  file.append(['{"b":2}']);
  fails = true;
  takeBack();
  appendFileSync(path, 'half a li');
  fails = false;
  file.append(['{"c":3}']);
  expect(open().read()).toEqual({ lines: ['{"a":1}', '{"c":3}'], damaged: 0 });
});

const key = new Uint8Array(32).fill(7);

function sealed(withKey = key): JournalFile {
  const file = new JournalFile(path, undefined, withKey);
  files.push(file);
  return file;
}

const reordered = (change: (lines: string[]) => string[]): void => {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  writeFileSync(
    path,
    change(lines)
      .map((line) => `${line}\n`)
      .join(''),
  );
};

it('keeps what is sealed from whoever has no key, and reads it back', () => {
  const file = sealed();
  file.replace(['{"a":"planted"}']);
  file.append(['{"b":2}', '{"c":3}']);
  expect(readFileSync(path).includes('planted')).toBe(false);
  const again = sealed();
  expect(again.read()).toEqual({ lines: ['{"a":"planted"}', '{"b":2}', '{"c":3}'], damaged: 0 });
  again.append(['{"d":4}']);
  expect(sealed().read()?.lines).toHaveLength(4);
  expect(sealed(new Uint8Array(32)).read()).toEqual({ lines: [], damaged: 4 });
});

it('takes no line that is not sealed for one of its own', () => {
  written('{"a":1}');
  expect(sealed().read()).toEqual({ lines: [], damaged: 1 });
});

it('notices sealed lines that were cut out, moved, repeated or brought in from another file', () => {
  sealed().replace(['{"x":1}', '{"y":2}']);
  const [foreign = ''] = readFileSync(path, 'utf8').split('\n');
  const anew = (): void => sealed().replace(['{"a":1}', '{"b":2}', '{"c":3}']);
  for (const change of [
    (lines: string[]) => lines.toSpliced(1, 1),
    (lines: string[]) => lines.toSpliced(0, 1),
    ([a = '', b = '', c = '']: string[]) => [b, a, c],
    ([a = '', b = '', c = '']: string[]) => [a, b, b, c],
    ([a = '', b = '', c = '']: string[]) => [a, b, foreign, c],
  ]) {
    anew();
    reordered(change);
    expect(sealed().read()?.damaged).toBeGreaterThan(0);
  }
});

it('drops a torn last sealed line, and writes on in its place', () => {
  const file = sealed();
  file.replace(['{"a":1}', '{"b":2}']);
  const whole = readFileSync(path);
  writeFileSync(path, whole.subarray(0, whole.length - 5));
  const torn = sealed();
  expect(torn.read()).toEqual({ lines: ['{"a":1}'], damaged: 0 });
  torn.append(['{"c":3}']);
  expect(sealed().read()).toEqual({ lines: ['{"a":1}', '{"c":3}'], damaged: 0 });
});
