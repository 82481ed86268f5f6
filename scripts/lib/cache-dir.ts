import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where what was downloaded or built is kept, outside the checkout so that every clone shares it. */
export function cacheDir(): string {
  const base = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(base, 'oscaro-desktop');
}
