import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keptPath, partPath, type InvoiceFolder } from './folder.ts';
import { Frames, PIECE_BYTES } from './frames.ts';
import { leftover } from './leftover.ts';
import { PartFile } from './part-file.ts';
import { readSealed, sha256Of } from './verify.ts';

const key = randomBytes(32);
const id = '0190a0b0-0000-7000-8000-000000000001';
const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(3 * PIECE_BYTES), Buffer.from('%%EOF')]);
const sha256 = sha256Of(pdf);
let folder: InvoiceFolder & { key: Uint8Array };
let path: string;

beforeEach(() => {
  folder = { path: mkdtempSync(join(tmpdir(), 'leftover-')), key };
  path = partPath(folder, id, sha256);
});
afterEach(() => rmSync(folder.path, { recursive: true }));

/** The rest arrives, whatever there is of it already. */
async function finish(part: PartFile): Promise<void> {
  await part.append(pdf.subarray(part.size));
  expect(part.isRight()).toBe(true);
  await part.finish(keptPath(folder, id));
  expect(readdirSync(folder.path)).toEqual([`${id}.sealed`]);
  const found = await readSealed(keptPath(folder, id), { key, id }, sha256);
  expect(found.state === 'right' && pdf.equals(found.bytes)).toBe(true);
}

async function begin(...sizes: number[]): Promise<void> {
  const part = (await leftover(folder, id)) ?? new PartFile(folder, id, sha256);
  for (const size of sizes) await part.append(pdf.subarray(part.size, part.size + size));
  await part.suspend();
}

it('goes on where it was cut, as often as it was', async () => {
  expect(await leftover(folder, id)).toBeUndefined();
  await begin(100);
  await begin(1, 1);
  await begin(PIECE_BYTES + 7);
  const part = await leftover(folder, id);
  expect(part).toMatchObject({ size: 102 + PIECE_BYTES + 7, sha256 });
  if (part) await finish(part);
});

it('cuts off a torn last frame at every length, and goes on from the one before', async () => {
  await begin(60);
  const first = readFileSync(path);
  await begin(80);
  const whole = readFileSync(path);
  for (let size = first.length; size < whole.length; size += 1) {
    writeFileSync(path, whole.subarray(0, size));
    expect((await leftover(folder, id))?.size, `cut at ${size}`).toBe(60);
    expect(readFileSync(path).equals(first)).toBe(true);
  }
  writeFileSync(path, whole.subarray(0, -1));
  const part = await leftover(folder, id);
  if (part) await finish(part);
  expect(part).toBeDefined();
});

it('throws away a damaged frame and what is behind it, whichever byte it is', async () => {
  await begin(60);
  const first = readFileSync(path).length;
  await begin(80);
  await begin(70);
  const whole = readFileSync(path);
  for (let at = first; at < first + 4 + 28 + 80; at += 1) {
    const flipped = Buffer.from(whole);
    flipped[at] = (flipped[at] ?? 0) ^ 4;
    writeFileSync(path, flipped);
    expect((await leftover(folder, id))?.size, `byte ${at}`).toBe(60);
  }
});

it('starts over when nothing is left of it, and when it is in clear, of another invoice or another key', async () => {
  const other = '0190a0b0-0000-7000-8000-000000000002';
  const useless = [
    Buffer.concat(new Frames(key, other, sha256).pieces(0, [pdf])),
    Buffer.concat(new Frames(randomBytes(32), id, sha256).pieces(0, [pdf])),
    Buffer.concat(new Frames(key, id, sha256).pieces(0, [])),
    pdf,
    Buffer.alloc(0),
  ];
  for (const [index, bytes] of useless.entries()) {
    writeFileSync(path, bytes);
    expect(await leftover(folder, id), String(index)).toBeUndefined();
    expect(readdirSync(folder.path)).toEqual([]);
  }
});

it('takes a file that lacks only its name for one that can be gone on with', async () => {
  writeFileSync(path, new Frames(key, id, sha256).whole(pdf));
  const part = await leftover(folder, id);
  expect(part?.size).toBe(pdf.length);
  if (part) await finish(part);
});

it('writes pieces of bounded size, however large what arrives is', async () => {
  const part = new PartFile(folder, id, sha256);
  await part.append(pdf);
  await part.suspend();
  const bytes = readFileSync(path);
  const lengths: number[] = [];
  for (let at = 0; at < bytes.length; at += 4 + (lengths.at(-1) ?? 0)) lengths.push(bytes.readUInt32BE(at));
  expect(Math.max(...lengths)).toBe(PIECE_BYTES + 28);
});
