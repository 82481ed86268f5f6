import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Whether the work noted in this file was done for the same sources. */
export function stampMatches(file: string, fingerprint: string): boolean {
  try {
    return readFileSync(file, 'utf8').trim() === fingerprint;
  } catch {
    return false;
  }
}

export function writeStamp(file: string, fingerprint: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${fingerprint}\n`);
}
