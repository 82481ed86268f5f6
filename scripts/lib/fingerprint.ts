import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

export type FingerprintOptions = {
  /** Files and folders below `root`; missing ones are left out. */
  readonly include: readonly string[];
  /** Leaves out a file or a whole folder, by its path below `root` with forward slashes. */
  readonly skip?: (path: string) => boolean;
};

/** One hash over the names and contents of all these files: the same whenever and wherever they were written. */
export function fingerprint(root: string, { include, skip = () => false }: FingerprintOptions): string {
  const hash = createHash('sha256');
  for (const file of include.flatMap((path) => filesBelow(root, join(root, path), skip)).sort()) {
    const content = createHash('sha256')
      .update(readFileSync(join(root, file)))
      .digest('hex');
    hash.update(`${file}\0${content}\n`);
  }
  return hash.digest('hex');
}

function filesBelow(root: string, path: string, skip: (path: string) => boolean): string[] {
  const name = relative(root, path).replaceAll('\\', '/');
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats || skip(name)) return [];
  if (!stats.isDirectory()) return [name];
  return readdirSync(path).flatMap((entry) => filesBelow(root, join(path, entry), skip));
}
