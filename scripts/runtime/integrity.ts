import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

import { Failure } from '#scripts/lib/failure.ts';

/** Refuses a file whose digest is not the pinned one, so that nothing unexpected is ever unpacked or run. */
export async function verifyDigest(
  file: string,
  expected: { algorithm: 'sha512' | 'sha256'; encoding: 'base64' | 'hex'; digest: string },
): Promise<void> {
  const hash = createHash(expected.algorithm);
  await pipeline(createReadStream(file), hash);
  const actual = hash.digest(expected.encoding);
  if (actual !== expected.digest) {
    throw new Failure(
      `${file} is not the file that is pinned: its ${expected.algorithm} is ${actual}, expected ${expected.digest}. ` +
        'Nothing was unpacked. Delete it and try again; if it happens twice, do not use it.',
    );
  }
}
