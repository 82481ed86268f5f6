import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  openSync,
  fsyncSync,
  closeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';

export type ReadJson<T> =
  | { state: 'read'; value: T }
  | { state: 'absent' }
  /** It was there but not what we wrote: it now lies at `asideAs`, for support, and the app goes on without it. */
  | { state: 'damaged'; asideAs: string | undefined; reason: string };

/** A small file of ours, checked as strictly as anything that comes from outside: people and disks change files. */
export function readJsonFile<S extends z.ZodType>(file: string, schema: S): ReadJson<z.infer<S>> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { state: 'absent' };
    return { state: 'damaged', asideAs: setAside(file), reason: codeOf(error) ?? 'unreadable' };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { state: 'damaged', asideAs: setAside(file), reason: 'not JSON' };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { state: 'read', value: parsed.data };
  const paths = parsed.error.issues.map((issue) => issue.path.join('.') || '(root)');
  return { state: 'damaged', asideAs: setAside(file), reason: `unexpected content at ${paths.join(', ')}` };
}

/** Old or new content, never half of it, whenever the power goes. Mode 0600. Throws what the file system throws. */
export function writeJsonFile(file: string, value: unknown): void {
  writeFileAtomically(file, `${JSON.stringify(value, undefined, 2)}\n`);
}

export function writeFileAtomically(file: string, content: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const handle = openSync(temporary, 'w', 0o600);
    try {
      writeFileSync(handle, content);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function setAside(file: string): string | undefined {
  const aside = `${file}.damaged`;
  try {
    renameSync(file, aside);
    return aside;
  } catch {
    // A folder that cannot be written: the caller logs the damage either way, and writing will fail audibly later.
    return undefined;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
