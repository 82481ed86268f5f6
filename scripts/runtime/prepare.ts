import type { Children } from '#scripts/lib/children.ts';
import { say } from '#scripts/lib/step.ts';
import { ensureDisplay } from './display.ts';
import { resolveElectron } from './electron.ts';
import { ensureSqliteForFallback } from './sqlite.ts';
import { ELECTRON_PACKAGES, TEST_PACKAGES, ensurePackages } from './system-packages.ts';

export type PreparedRuntime = {
  readonly executable: string;
  /** What Electron needs on its command line on this machine. */
  readonly flags: readonly string[];
  /** What Electron needs in its environment on this machine. */
  readonly env: Readonly<Record<string, string>>;
};

/** Everything that Electron needs to open a window here; a virtual display, if one is needed, joins `children`. */
export async function prepareRuntime(
  children: Children,
  { forTests = false }: { forTests?: boolean } = {},
): Promise<PreparedRuntime> {
  await ensurePackages(
    forTests ? [...ELECTRON_PACKAGES, ...TEST_PACKAGES] : ELECTRON_PACKAGES,
    'to run Electron',
  );
  const runtime = await resolveElectron();
  if (runtime.kind === 'fallback') await ensureSqliteForFallback(runtime.executable);
  say(runtime.note);
  return { executable: runtime.executable, flags: sandboxFlags(), env: await ensureDisplay(children) };
}

/** Chromium refuses to run its sandbox as root. */
function sandboxFlags(): string[] {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
