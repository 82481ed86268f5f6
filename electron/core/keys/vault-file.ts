import { readFileSync, renameSync } from 'node:fs';
import { writeAtomically } from '../files/atomic.ts';
import type { Log } from '../log.ts';
import type { Cost } from './stretch.ts';
import { isCost } from './stretch.ts';
import type { Tries } from './tries.ts';
import { isTries } from './tries.ts';

/** What opens the vault: one of the two, never both. */
export interface VaultFile {
  version: 1;
  /** Under which the keyring keeps its part. */
  id: string;
  /** Whether the keyring keeps that beyond the app's end; where there is none, it is in the app's memory only. */
  durable: boolean;
  /** The vault's key, sealed with what the keyring keeps. */
  keyring?: string;
  /** The vault's key, sealed with the code. */
  code?: {
    kind: 'pin' | 'phrase';
    cost: Cost;
    /** With the keyring's part as well. */
    guarded: boolean;
    sealed: string;
  };
  tries: Tries;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** One that cannot be read is set aside: whoever signs in again makes another. */
export function readVault(path: string, log: Log): VaultFile | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const file = parsed(text);
  if (isVaultFile(file)) return file;
  log('error', 'the file that opens the accounts is damaged');
  renameSync(path, `${path}.damaged`);
  return undefined;
}

export const writeVault = (path: string, file: VaultFile): void =>
  writeAtomically(path, JSON.stringify(file, null, 2));

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Checked by hand: it is read before anything is on screen, and a library of schemas takes longer to load than to read it. */
function isVaultFile(value: unknown): value is VaultFile {
  if (typeof value !== 'object' || value === null) return false;
  const { version, id, durable, keyring, code, tries } = value as Record<string, unknown>;
  if (version !== 1 || typeof id !== 'string' || !UUID.test(id) || !isTries(tries)) return false;
  if (typeof durable !== 'boolean') return false;
  return (typeof keyring === 'string' && code === undefined) || (keyring === undefined && isCode(code));
}

function isCode(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, cost, guarded, sealed } = value as Record<string, unknown>;
  if (kind !== 'pin' && kind !== 'phrase') return false;
  return isCost(cost) && typeof guarded === 'boolean' && typeof sealed === 'string';
}
