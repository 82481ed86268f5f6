import { existsSync } from 'node:fs';

import { fingerprint } from '#scripts/lib/fingerprint.ts';
import { withLock } from '#scripts/lib/lock.mjs';
import { inRepo } from '#scripts/lib/repo.ts';
import { stampMatches, writeStamp } from '#scripts/lib/stamp.ts';
import { say } from '#scripts/lib/step.ts';

const outdir = inRepo('shared', 'i18n', 'generated');
const stamp = inRepo('.cache', 'messages.stamp');

/** Turns the message files into typed functions, where they changed since the last time. */
export async function ensureMessages(): Promise<void> {
  if (!existsSync(inRepo('resources', 'i18n'))) return;
  await withLock(inRepo('.cache', 'messages.lock'), async () => {
    const sources = fingerprint(inRepo(), {
      include: ['resources/i18n', 'scripts/i18n'],
      skip: isPluginCache,
    });
    if (existsSync(outdir) && stampMatches(stamp, sources)) return;
    say('Compiling the messages');
    // Loaded only when there is work: the compiler alone would double the time a start takes.
    const { compile } = await import('@inlang/paraglide-js');
    await compile({
      project: inRepo('resources', 'i18n', 'project.inlang'),
      outdir,
      strategy: ['baseLocale'],
      emitTsDeclarations: true,
      outputStructure: 'message-modules',
    });
    writeStamp(stamp, sources);
  });
}

/** The compiler keeps a cache inside its project folder. */
function isPluginCache(path: string): boolean {
  return path.endsWith('project.inlang/cache') || path.endsWith('.gitignore');
}
