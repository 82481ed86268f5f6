import { createWriteStream } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

import { openPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';

const S_IFMT = 0o170000;
const S_IFLNK = 0o120000;

/**
 * Unpacks a zip with the file modes and links it holds. `rename` gives each entry's path below `targetDir`, or
 * undefined to leave the entry out.
 */
export async function unzip(
  zipPath: string,
  targetDir: string,
  rename: (name: string) => string | undefined = (name) => name,
): Promise<void> {
  const zip = await openPromise(zipPath, { autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue; // folders come with their files
      const name = rename(entry.fileName);
      if (name === undefined) continue;
      await unpackEntry(zip, entry, insideOf(targetDir, name));
    }
  } finally {
    zip.close();
  }
}

async function unpackEntry(zip: ZipFile, entry: Entry, target: string): Promise<void> {
  const mode = entry.externalFileAttributes >>> 16;
  await mkdir(dirname(target), { recursive: true });
  const source = await zip.openReadStreamPromise(entry);
  if ((mode & S_IFMT) === S_IFLNK) {
    await symlink(await text(source), target);
  } else {
    await pipeline(source, createWriteStream(target, { mode: mode & 0o777 || 0o644 }));
  }
}

function insideOf(dir: string, name: string): string {
  const target = resolve(dir, name);
  if (!target.startsWith(resolve(dir) + sep))
    throw new Error(`The archive would write outside its folder: ${name}`);
  return target;
}
