import { resolve } from 'node:path';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { developmentPolicy } from './electron/main/windows/content-security-policy.ts';

// The oldest runtime that must run this code, not the newest: users get the Electron named in package.json, machines
// that cannot download it run the development runtime of Electron 33 (Chromium 130, Node 20.18).
const nodeTarget = 'node20.18';
const chromeTarget = 'chrome130';

const at = (path: string) => resolve(import.meta.dirname, path);

/** Native code cannot be bundled; everything else loads several times faster as one file than as hundreds. */
const native = ['better-sqlite3'];

const pageEntries = { index: at('renderer/index.html'), print: at('renderer/print.html') };

const messages = () =>
  paraglideVitePlugin({
    project: at('resources/i18n/project.inlang'),
    outdir: at('shared/i18n/generated'),
    strategy: ['baseLocale'],
    emitTsDeclarations: true,
    // Tree shaking works on messages, and the window must not carry those of the menu.
    outputStructure: 'message-modules',
  });

export default defineConfig(({ command, mode }) => {
  const build = {
    minify: command === 'build' && mode === 'production',
    // Source maps would tell users' machines more than they need, and double the size; tests want readable stacks.
    sourcemap: mode === 'test',
    reportCompressedSize: false,
  } as const;
  return {
    main: {
      plugins: [messages()],
      build: {
        ...build,
        outDir: at('out/main'),
        target: nodeTarget,
        externalizeDeps: false,
        rolldownOptions: {
          external: native,
          input: { index: at('electron/main/index.ts'), 'engine-worker': at('electron/core/worker.ts') },
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    },
    preload: {
      build: {
        ...build,
        outDir: at('out/preload'),
        target: nodeTarget,
        // A sandboxed preload script can require nothing but electron.
        externalizeDeps: false,
        rolldownOptions: {
          input: { index: at('electron/preload/index.ts') },
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    },
    renderer: {
      root: at('renderer'),
      base: './',
      plugins: [messages(), svelte()],
      server: {
        host: '127.0.0.1',
        // Fonts and other assets of packages lie beside the page's folder, not in it.
        fs: { allow: [at('.')] },
        headers: { 'Content-Security-Policy': developmentPolicy },
      },
      build: {
        ...build,
        outDir: at('out/renderer'),
        target: chromeTarget,
        // Inlined assets would need data: where the content security policy has none.
        assetsInlineLimit: 0,
        rolldownOptions: { input: pageEntries },
      },
    },
  };
});
