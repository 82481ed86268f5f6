import { createReadStream } from 'node:fs';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { unlessMissing } from '../files/errors.ts';
import type { SealingKey } from '../keys/seal.ts';
import { partPath, type InvoiceFolder } from './folder.ts';
import { readFrames } from './frames.ts';
import { PartFile } from './part-file.ts';

/** What earlier attempts left of an invoice, to go on with. What cannot be gone on with is removed. */
export function leftover(folder: InvoiceFolder, id: string): Promise<PartFile | undefined> {
  const { path, key } = folder;
  return key ? sealedLeftover({ path, key }, id) : plainLeftover(folder, id);
}

/** A frame that was torn when the computer stopped, or is damaged, goes with all that is behind it. */
async function sealedLeftover(
  folder: InvoiceFolder & { key: SealingKey },
  id: string,
): Promise<PartFile | undefined> {
  const path = partPath(folder, id, '');
  const file = await unlessMissing(open(path, 'r+'));
  if (!file) return undefined;
  let part: PartFile | undefined;
  try {
    let until = 0;
    for await (const frame of readFrames(file, folder.key, id)) {
      // A file with its end mark lacked nothing but its name; what is left without the mark is the beginning of one like any other.
      if (frame.kind === 'end') break;
      if (frame.kind === 'hash') part = new PartFile(folder, id, frame.sha256);
      else part?.recall(frame.bytes);
      until = frame.until;
    }
    await file.truncate(until);
  } finally {
    await file.close();
  }
  if (part && part.size > 0) return part;
  await rm(path);
  return undefined;
}

async function plainLeftover(folder: InvoiceFolder, id: string): Promise<PartFile | undefined> {
  let found: PartFile | undefined;
  for (const name of await readdir(folder.path)) {
    const sha256 = name.startsWith(`${id}.`) ? /^[^.]+\.([0-9a-f]{64})\.part$/.exec(name)?.[1] : undefined;
    if (sha256 === undefined) continue;
    const path = join(folder.path, name);
    if (found || (await stat(path)).size === 0) {
      await rm(path, { force: true });
      continue;
    }
    found = new PartFile(folder, id, sha256);
    for await (const chunk of createReadStream(path)) found.recall(chunk as Uint8Array);
  }
  return found;
}
