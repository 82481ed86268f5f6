import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { systemCodeOf } from '../files/errors.ts';

/** The bytes of a kept file when they still have their hash. */
export async function readVerified(
  path: string,
  sha256: string,
): Promise<{ state: 'right'; bytes: Uint8Array<ArrayBuffer> } | { state: 'missing' | 'altered' }> {
  let bytes: Buffer<ArrayBuffer>;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return { state: 'missing' };
    throw error;
  }
  const right = createHash('sha256').update(bytes).digest('hex') === sha256;
  return right ? { state: 'right', bytes } : { state: 'altered' };
}
