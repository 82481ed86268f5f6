import { createPackageWithOptions, extractAll } from '@electron/asar';
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const driverFile = 'driver.mjs';

/**
 * A second copy of the package, which a test can ask questions from inside. The shipped one lets nobody in: no debugger, no inspector, no
 * variable. The twin has the same program with the same fuses and the same files; its manifest names another first file, which imports
 * the app's own. Where the integrity of the archive is checked (not on Linux) it would not start.
 */
export async function makeTwin(packaged: string, twin: string): Promise<void> {
  execFileSync('cp', ['-al', packaged, twin]);
  const content = join(twin, 'content');
  const archive = archiveOf(twin);
  extractAll(archiveOf(packaged), content);
  copyFileSync(join(import.meta.dirname, driverFile), join(content, driverFile));
  const manifest = join(content, 'package.json');
  const read = JSON.parse(readFileSync(manifest, 'utf8')) as object;
  writeFileSync(manifest, JSON.stringify({ ...read, main: driverFile }));
  // Never through the hard links, behind which the package itself lies.
  for (const path of [archive, `${archive}.unpacked`]) rmSync(path, { recursive: true });
  await createPackageWithOptions(content, archive, { unpack: '**/*.node' });
  rmSync(content, { recursive: true });
}

export function archiveOf(packaged: string): string {
  return join(packaged, 'resources', 'app.asar');
}
