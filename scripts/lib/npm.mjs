/**
 * How to call npm: through the copy that runs this script where there is one, so that the version stays the same.
 *
 * @param {readonly string[]} args
 * @returns {{ command: string, args: string[] }}
 */
export function npm(args) {
  const self = process.env['npm_execpath'];
  if (self?.endsWith('.js')) return { command: process.execPath, args: [self, ...args] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [...args] };
}
