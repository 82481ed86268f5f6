import {
  createWriteStream,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';

import { unzip } from './unzip.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'unzip-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

async function zipWith(entries: Record<string, { content: string; mode: number }>): Promise<string> {
  const zip = new ZipFile();
  for (const [name, { content, mode }] of Object.entries(entries))
    zip.addBuffer(Buffer.from(content), name, { mode });
  zip.end();
  const file = join(dir, 'a.zip');
  await pipeline(zip.outputStream, createWriteStream(file));
  return file;
}

describe('unzip', () => {
  it('keeps modes and links', async () => {
    const zip = await zipWith({
      'app/run': { content: '#!', mode: 0o100755 },
      'app/data': { content: 'd', mode: 0o100644 },
      'app/link': { content: 'run', mode: 0o120777 },
    });
    await unzip(zip, join(dir, 'out'));
    expect(statSync(join(dir, 'out', 'app', 'run')).mode & 0o777).toBe(0o755);
    expect(readFileSync(join(dir, 'out', 'app', 'data'), 'utf8')).toBe('d');
    expect(lstatSync(join(dir, 'out', 'app', 'link')).isSymbolicLink()).toBe(true);
  });

  it('renames and leaves out what it is told to', async () => {
    const zip = await zipWith({
      'a/x': { content: 'x', mode: 0o100644 },
      'b/y': { content: 'y', mode: 0o100644 },
    });
    await unzip(zip, join(dir, 'out'), (name) => (name.startsWith('a/') ? name.slice(2) : undefined));
    expect(existsSync(join(dir, 'out', 'x'))).toBe(true);
    expect(existsSync(join(dir, 'out', 'b'))).toBe(false);
  });

  it('never writes outside its folder', async () => {
    const zip = await zipWith({ x: { content: 'x', mode: 0o100644 } });
    await expect(unzip(zip, join(dir, 'out'), () => '../escaped')).rejects.toThrow('outside its folder');
    expect(existsSync(join(dir, 'escaped'))).toBe(false);
  });
});
