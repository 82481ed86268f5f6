import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { temporaryFolder } from './electron.ts';

/** GNOME's keyring on a session bus of its own, with nobody to ask for its password: what Electron's safeStorage meets on a Linux desktop. */
export interface Keyring {
  /** For an app that lives in this session. */
  env: Record<string, string>;
  /** As somebody logs in; locked as where another password than the keyring's was given. */
  start: (state: 'open' | 'locked') => Promise<void>;
  stop: () => Promise<void>;
  /** Deletes all that it keeps; it has to be stopped. */
  wipe: () => Promise<void>;
  close: () => Promise<void>;
}

const PASSWORD = 'of the keyring';
const run = promisify(execFile);

/** Why there is no keyring to test with, if so. */
export function whyNoKeyring(): string | undefined {
  if (process.platform !== 'linux') return 'GNOME Keyring is on Linux only';
  const programs = ['dbus-daemon', 'dbus-send', 'gnome-keyring-daemon'];
  const missing = programs.filter((program) => spawnSync(program, ['--version']).error);
  if (missing.length > 0) return `not installed here: ${missing.join(', ')}`;
  return undefined;
}

export async function startKeyring(): Promise<Keyring> {
  const home = await temporaryFolder();
  const data = join(home, 'data');
  const address = `unix:path=${join(home, 'bus')}`;
  const config = join(home, 'bus.conf');
  await writeFile(config, busConfig(address));
  await mkdir(data, { mode: 0o700 });
  const env = { DBUS_SESSION_BUS_ADDRESS: address, XDG_CURRENT_DESKTOP: 'GNOME' };
  const surroundings = { ...process.env, ...env, HOME: home, XDG_RUNTIME_DIR: home, XDG_DATA_HOME: data };

  const bus = spawn('dbus-daemon', ['--nofork', `--config-file=${config}`, '--print-address'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(bus.stdout, 'data');

  let daemon: ChildProcess | undefined;
  const stop = async (): Promise<void> => {
    if (daemon) await ended(daemon);
    daemon = undefined;
  };
  return {
    env,
    start: async (state) => {
      const args = ['--foreground', '--components=secrets', `--control-directory=${join(home, 'control')}`];
      const open = state === 'open';
      daemon = spawn('gnome-keyring-daemon', [...args, ...(open ? ['--unlock'] : [])], {
        env: surroundings,
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      daemon.stdin?.end(open ? PASSWORD : '');
      await expect.poll(() => hasOwner('org.freedesktop.secrets', surroundings)).toBe(true);
    },
    stop,
    wipe: () => rm(join(data, 'keyrings'), { recursive: true }),
    close: async () => {
      await stop();
      await ended(bus);
      await rm(home, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const end = once(child, 'exit');
  child.kill('SIGTERM');
  await end;
}

async function hasOwner(name: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const bus = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus'];
  const { stdout } = await run('dbus-send', [...bus, 'org.freedesktop.DBus.NameHasOwner', `string:${name}`], {
    env,
  });
  return stdout.includes('boolean true');
}

/** A bus that starts no service by itself: no second keyring, and no window that asks for a password and waits. */
const busConfig = (
  address: string,
): string => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>${address}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;
