import { join } from 'node:path';

/** The root of the checkout. */
export const repoDir = join(import.meta.dirname, '..', '..');

export function inRepo(...parts: string[]): string {
  return join(repoDir, ...parts);
}
