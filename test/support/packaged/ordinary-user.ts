import { execFileSync } from 'node:child_process';
import { chownSync, copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const isRoot = process.getuid?.() === 0;
/** The user "nobody" of every Linux. */
const nobody = 65534;

/** What stands before a command so that an ordinary user runs it: root has no sandbox, and is nobody's everyday. */
const asOrdinaryUser = isRoot ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'] : [];

export function ordinarily(command: readonly string[]): [string, string[]] {
  const [program = '', ...args] = [...asOrdinaryUser, ...command];
  return [program, args];
}

/** Why the sandbox of the operating system cannot be had here, if so: it is built of namespaces that a user must be able to make. */
export function whyNoSandbox(): string | undefined {
  if (process.platform !== 'linux') return 'reads /proc, which is on Linux only';
  const [program, args] = ordinarily(['unshare', '--user', 'true']);
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'no ordinary user can make a user namespace here';
  }
}

/** A home for that user below `folder`, and the environment that makes it one. */
export function homeBelow(folder: string): { home: string; env: Record<string, string> } {
  const home = join(folder, 'home');
  mkdirSync(home, { mode: 0o700 });
  giveAway(home);
  return {
    home,
    env: {
      HOME: home,
      XDG_CONFIG_HOME: join(home, '.config'),
      XDG_CACHE_HOME: join(home, '.cache'),
      XDG_DATA_HOME: join(home, '.local', 'share'),
      ...displayFor(folder),
    },
  };
}

export function giveAway(path: string): void {
  if (isRoot) chownSync(path, nobody, nobody);
}

/** The cookie of the X server, readable by the user who must show it. */
function displayFor(folder: string): Record<string, string> {
  const authority = process.env['XAUTHORITY'];
  if (!isRoot || !authority) return {};
  const copy = join(folder, 'xauthority');
  copyFileSync(authority, copy);
  giveAway(copy);
  return { XAUTHORITY: copy };
}
