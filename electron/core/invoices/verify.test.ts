import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Frames, PIECE_BYTES } from './frames.ts';
import { readPlain, readSealed, sha256Of, type Found } from './verify.ts';

const key = randomBytes(32);
const id = '0190a0b0-0000-7000-8000-000000000001';
const pdf = Buffer.from(`%PDF-1.7\n${'Camille Martin, F2026-000042. '.repeat(12)}\n%%EOF`);
const sha256 = sha256Of(pdf);
const sealed = new Frames(key, id, sha256).whole(pdf);
let folder: string;
let path: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sealed-'));
  path = join(folder, 'file');
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(bytes: Uint8Array, sealedWith = { key, id }, hash = sha256): Promise<Found> {
  writeFileSync(path, bytes);
  return readSealed(path, sealedWith, hash);
}

/** The frames one by one: of the hash, of each piece, of the end. */
function framesOf(bytes: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += frames.at(-1)?.length ?? 0)
    frames.push(bytes.subarray(at, at + 4 + bytes.readUInt32BE(at)));
  return frames;
}

it('reads back what was sealed, of no, one or many pieces, and shows nothing of it', async () => {
  expect(sealed.includes('Camille')).toBe(false);
  expect(sealed.includes(Buffer.from(sha256, 'hex'))).toBe(false);
  for (const size of [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES]) {
    const bytes = randomBytes(size);
    const hash = sha256Of(bytes);
    const found = await read(new Frames(key, id, hash).whole(bytes), { key, id }, hash);
    expect(found.state === 'right' && bytes.equals(found.bytes), String(size)).toBe(true);
  }
});

it('notices every flipped bit', async () => {
  for (let at = 0; at < sealed.length; at += 1) {
    for (const bit of [0x01, 0x80]) {
      const flipped = Buffer.from(sealed);
      flipped[at] = (flipped[at] ?? 0) ^ bit;
      expect(await read(flipped), `byte ${at}`).toEqual({ state: 'altered' });
    }
  }
});

it('notices whatever was cut off or put behind', async () => {
  for (let size = 0; size < sealed.length; size += 1)
    expect(await read(sealed.subarray(0, size)), `cut at ${size}`).toEqual({ state: 'altered' });
  const end = framesOf(sealed).at(-1) ?? Buffer.alloc(0);
  for (const more of [Buffer.alloc(1), end, sealed])
    expect(await read(Buffer.concat([sealed, more]))).toEqual({ state: 'altered' });
});

it('notices frames that were left out, moved or repeated', async () => {
  const bytes = randomBytes(3 * PIECE_BYTES);
  const hash = sha256Of(bytes);
  const [head, a, b, c, end] = framesOf(new Frames(key, id, hash).whole(bytes)) as [
    Buffer,
    Buffer,
    Buffer,
    Buffer,
    Buffer,
  ];
  const orders = [
    [a, b, c, end],
    [head, b, c, end],
    [head, a, c, end],
    [head, a, b, end],
    [head, a, b, c],
    [head, b, a, c, end],
    [head, a, a, b, c, end],
    [head, head, a, b, c, end],
    [head, end],
    [end],
  ];
  expect(await read(Buffer.concat([head, a, b, c, end]), { key, id }, hash)).toMatchObject({
    state: 'right',
  });
  for (const [index, order] of orders.entries())
    expect(await read(Buffer.concat(order), { key, id }, hash), String(index)).toEqual({ state: 'altered' });
});

it('opens with its own key, for its own invoice and hash only', async () => {
  expect(await read(sealed, { key: randomBytes(32), id })).toEqual({ state: 'altered' });
  const other = '0190a0b0-0000-7000-8000-000000000002';
  expect(await read(sealed, { key, id: other })).toEqual({ state: 'altered' });
  expect(await read(sealed, { key, id }, sha256Of(Buffer.from('another')))).toEqual({ state: 'altered' });
  // What was sealed as something else than it is.
  expect(await read(new Frames(key, id, sha256).whole(Buffer.from('another')))).toEqual({ state: 'altered' });
});

it('takes no frame from another version of the same invoice', async () => {
  const other = Buffer.from(pdf.toString().replaceAll('Camille', 'Dominic'));
  const [, piece] = framesOf(new Frames(key, id, sha256Of(other)).whole(other));
  const [head, , end] = framesOf(sealed);
  const mixed = Buffer.concat([head, piece, end] as Buffer[]);
  expect(mixed.length).toBe(sealed.length);
  expect(await read(mixed)).toEqual({ state: 'altered' });
});

it('tells a file that is gone from one that was altered, sealed or not', async () => {
  expect(await readSealed(join(folder, 'none'), { key, id }, sha256)).toEqual({ state: 'missing' });
  expect(await readPlain(join(folder, 'none'), sha256)).toEqual({ state: 'missing' });
  writeFileSync(path, pdf);
  expect(await readPlain(path, sha256)).toEqual({ state: 'right', bytes: pdf });
  expect(await readSealed(path, { key, id }, sha256)).toEqual({ state: 'altered' });
  writeFileSync(path, sealed);
  expect(await readPlain(path, sha256)).toEqual({ state: 'altered' });
});
