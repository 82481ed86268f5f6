import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { unlessMissing } from '../files/errors.ts';
import type { SealingKey } from '../keys/seal.ts';
import { readFrames } from './frames.ts';

/** The bytes of a kept file when they still have their hash. */
export type Found =
  { state: 'right'; bytes: Uint8Array<ArrayBuffer> } | { state: 'missing' } | { state: 'altered' };

const MISSING: Found = { state: 'missing' };

export async function readPlain(path: string, sha256: string): Promise<Found> {
  const bytes = await unlessMissing(readFile(path));
  return bytes ? verified(bytes, sha256) : MISSING;
}

export async function readSealed(
  path: string,
  sealedWith: { key: SealingKey; id: string },
  sha256: string,
): Promise<Found> {
  const file = await unlessMissing(open(path));
  if (!file) return MISSING;
  try {
    const pieces: Uint8Array[] = [];
    let end: number | undefined;
    for await (const frame of readFrames(file, sealedWith.key, sealedWith.id)) {
      if (frame.kind === 'piece') pieces.push(frame.bytes);
      else if (frame.kind === 'end') end = frame.until;
    }
    const { size } = await file.stat();
    return end === size ? verified(Buffer.concat(pieces), sha256) : { state: 'altered' };
  } finally {
    await file.close();
  }
}

function verified(bytes: Uint8Array<ArrayBuffer>, sha256: string): Found {
  return sha256Of(bytes) === sha256 ? { state: 'right', bytes } : { state: 'altered' };
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
