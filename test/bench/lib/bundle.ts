import { join } from 'node:path';
import { build } from 'vite';

/**
 * A program without types, as the app is shipped: what is measured is then not the stripping of types from
 * a hundred files. Packages with native parts stay outside. Answers the file, which Node must find packages from.
 */
export async function bundle(name: string): Promise<string> {
  const root = join(import.meta.dirname, '..', '..', '..');
  const outDir = join(root, '.cache', 'bench');
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(import.meta.dirname, '..', 'programs', name),
      outDir,
      emptyOutDir: false,
      target: 'node24',
      minify: false,
      // As in the app's own build: what is imported later is a file of its own.
      rolldownOptions: {
        output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
      },
    },
    ssr: { noExternal: true, external: ['better-sqlite3'] },
  });
  return join(outDir, name.replace(/\.ts$/, '.mjs'));
}
