import type { Readable } from 'node:stream';

import type { Children } from '#scripts/lib/children.ts';
import { Failure } from '#scripts/lib/failure.ts';
import { say } from '#scripts/lib/step.ts';

const SCREEN = '1600x1000x24';
const START_LIMIT_MS = 15_000;

/**
 * The environment variables a window needs. Where there is no screen, starts a virtual one among `children`, so that
 * it ends with them.
 */
export async function ensureDisplay(children: Children): Promise<Record<string, string>> {
  if (process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']) return {};
  // No screen saver, which comes after ten minutes without a key: the app would take the screen for locked, and lock itself.
  const args = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-noreset', '-s', '0'];
  const xvfb = children.start('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await Promise.race([
    firstLine(xvfb.process.stdio[3] as Readable),
    xvfb.ended.then(() => undefined),
    new Promise<undefined>((resolve) => setTimeout(resolve, START_LIMIT_MS, undefined).unref()),
  ]);
  if (!number) throw new Failure('There is no display, and the virtual one (Xvfb) did not start.');
  say(`No display found: using a virtual one (Xvfb :${number})`);
  return { DISPLAY: `:${number}` };
}

async function firstLine(stream: Readable): Promise<string | undefined> {
  let text = '';
  for await (const chunk of stream) {
    text += String(chunk);
    if (text.includes('\n')) return text.slice(0, text.indexOf('\n')).trim();
  }
  return undefined;
}
