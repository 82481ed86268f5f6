import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A database with its write-ahead log, in MB (10^6 bytes). */
export function databaseMb(file: string): number {
  const bytes = [file, `${file}-wal`].map((path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  return bytes.reduce((sum, size) => sum + size, 0) / 1e6;
}

/** Kilobytes that this process has made the disk deliver: proof that a cold start was cold. Linux only, 0 elsewhere. */
export function diskReadsKb(): number {
  if (process.platform !== 'linux') return 0;
  const bytes = /^read_bytes: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1];
  return Number(bytes ?? 0) / 1024;
}

export function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
