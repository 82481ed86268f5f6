import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '../files/atomic.ts';
import type { Cost } from './stretch.ts';
import { isCost } from './stretch.ts';
import { parsed } from './vault-file.ts';

/** The key of an account, sealed once for each thing that opens it. It says nothing about whose it is. */
export interface KeyFile {
  version: 1;
  vault?: string;
  /** By the secret that the account service gives to whoever signs in. */
  service?: string;
  /** By the password of the account, where the vault ends with the app: so what is here can be read without a network. */
  password?: { cost: Cost; sealed: string };
}

/** Kept twice: no copy of it is anywhere else, and changes that were not sent depend on it. */
export const KEY_FILES = ['keys.json', 'keys-copy.json'] as const;

/** `damaged` when there are files and none can be read. Throws when the disk does not let us in. */
export function readKeyFile(folder: string): KeyFile | 'damaged' | undefined {
  let found = false;
  for (const name of KEY_FILES) {
    try {
      const file = parsed(readFileSync(join(folder, name), 'utf8'));
      if (isKeyFile(file)) return file;
      found = true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return found ? 'damaged' : undefined;
}

export function writeKeyFile(folder: string, file: KeyFile): void {
  const text = JSON.stringify(file, null, 2);
  for (const name of KEY_FILES) writeAtomically(join(folder, name), text);
}

function isKeyFile(value: unknown): value is KeyFile {
  if (typeof value !== 'object' || value === null) return false;
  const { version, vault, service, password } = value as Record<string, unknown>;
  if (version !== 1) return false;
  return isSealed(vault) && isSealed(service) && (password === undefined || isPassword(password));
}

const isSealed = (value: unknown): boolean => value === undefined || typeof value === 'string';

function isPassword(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { cost, sealed } = value as Record<string, unknown>;
  return isCost(cost) && typeof sealed === 'string';
}
