import { Failure } from '#scripts/lib/failure.ts';
import { run } from '#scripts/lib/run.ts';
import { say } from '#scripts/lib/step.ts';

/** What Electron loads at start, and a display for machines without a screen. Names as in Debian 12. */
export const ELECTRON_PACKAGES = [
  'xvfb',
  'xauth',
  'libgtk-3-0',
  'libnss3',
  'libgbm1',
  'libasound2',
  'libatk-bridge2.0-0',
  'libxss1',
  'libxtst6',
  'libnotify4',
  'libsecret-1-0',
  'fonts-dejavu-core',
];

/** What the tests look at invoices with. */
export const TEST_PACKAGES = ['qpdf', 'poppler-utils'];

/** What the tests see every connection of the packaged app with, whichever part of it makes one. */
export const PACKAGED_TEST_PACKAGES = ['strace'];

/** A real keyring for the tests of it; without them those tests are skipped, and say so. */
export const KEYRING_PACKAGES = ['dbus', 'gnome-keyring'];

/** As `ensurePackages`, for what can be done without: says why it is missing, and goes on. */
export async function offerPackages(names: readonly string[], reason: string): Promise<void> {
  try {
    await ensurePackages(names, reason);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    say(`Going on without system packages ${reason}. ${error.message}`);
  }
}

/**
 * Makes sure that Debian packages are installed: as root by installing what is missing, else by saying how.
 * On other systems nothing is checked: the program that needs them will say what it lacks.
 */
export async function ensurePackages(names: readonly string[], reason: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const listing = await run('dpkg-query', ['-W', '-f', '${Package}\\t${db:Status-Status}\\t${Provides}\\n']);
  if (listing.code !== 0) return;
  const missing = missingPackages(names, listing.stdout);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) throw notInstalled(await currentNames(missing), reason);

  say(`Installing system packages ${reason}: ${missing.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // An index that cannot be refreshed may still do, so only the installation decides.
  const update = await run('apt-get', ['update', '-q'], { env });
  const packages = await currentNames(missing);
  const install = await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], {
    env,
  });
  if (install.code !== 0) {
    throw new Failure(`apt-get could not install ${packages.join(' ')}:\n${update.output}${install.output}`);
  }
}

/** The names that are neither installed nor provided by something installed. */
export function missingPackages(names: readonly string[], dpkgListing: string): string[] {
  const present = new Set<string>();
  for (const line of dpkgListing.split('\n')) {
    const [name, status, provides = ''] = line.split('\t');
    if (!name || status !== 'installed') continue;
    present.add(name);
    // "libgtk-3-0 (= 3.24.41), gtk3-engine": newer systems renamed some libraries and provide the old names.
    for (const provided of provides.split(',')) present.add(provided.trim().split(' ')[0] ?? '');
  }
  return names.filter((name) => !present.has(name));
}

/** Newer Debian and Ubuntu call some libraries by their old name with t64 added. */
async function currentNames(names: readonly string[]): Promise<string[]> {
  return Promise.all(
    names.map(async (name) => {
      if (!name.startsWith('lib')) return name;
      const { code, stdout } = await run('apt-cache', ['show', '--no-all-versions', `${name}t64`]);
      return code === 0 && stdout.includes('Package:') ? `${name}t64` : name;
    }),
  );
}

function notInstalled(names: readonly string[], reason: string): Failure {
  return new Failure(
    `Some system packages are missing ${reason}. Install them, then try again:\n\n` +
      `  sudo apt-get install -y --no-install-recommends ${names.join(' ')}\n`,
  );
}
