// What the development runtime runs first: it stands in for the loader that the official download of Electron
// brings along, and opens the app folder named on the command line (the current folder by default).
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { app } from 'electron';

const require = createRequire(import.meta.url);

/** @param {string} folder */
function mainFileOf(folder) {
  const manifestPath = path.join(folder, 'package.json');
  if (!existsSync(manifestPath)) return require.resolve(folder);
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
  app.setName(manifest.productName ?? manifest.name);
  app.setVersion(manifest.version ?? '0.0.0');
  app.setDesktopName(manifest.desktopName ?? `${app.getName()}.desktop`);
  app.setAppPath(folder);
  return require.resolve(path.join(folder, manifest.main ?? 'index.js'));
}

// The same mark as the official loader leaves.
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });

try {
  const folder = process.argv.slice(1).find((arg) => !arg.startsWith('-')) ?? '.';
  // Awaited, so that Electron is not ready before the app's first lines have run: some calls must come before.
  await import(pathToFileURL(mainFileOf(path.resolve(folder))).toString());
} catch (error) {
  console.error('The app could not be loaded:', error);
  app.exit(1);
}
