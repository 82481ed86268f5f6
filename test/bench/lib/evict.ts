import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Only Linux tells us whether it worked, so elsewhere cold figures are not measured. */
export const canEvict = process.platform === 'linux' && existsSync('/usr/bin/fincore');

/**
 * Makes the system forget its cached copy of these files (posix_fadvise DONTNEED, by way of dd), so that the next open
 * reads from the disk. Throws when pages stayed, for then a "cold" figure would be a warm one.
 */
export function evict(files: readonly string[]): void {
  for (const file of files.filter((path) => existsSync(path))) {
    execFileSync('dd', [`of=${file}`, 'oflag=nocache', 'conv=notrunc,fdatasync', 'count=0', 'status=none']);
    const resident = Number(execFileSync('fincore', ['-nb', '-o', 'RES', file], { encoding: 'utf8' }));
    if (resident > 0) throw new Error(`${resident} bytes of ${file} are still in memory`);
  }
}
