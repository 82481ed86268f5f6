import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** Beside the sources and quick; across folders and slower, with real files, sockets and processes. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{shared,electron,service,scripts,test/bench}/**/*.test.ts'],
          exclude: ['**/*.integration.test.ts'],
          environment: 'node',
          // So that tests can stand in for the Electron that it imports.
          server: { deps: { inline: ['electron-store'] } },
        },
      },
      {
        plugins: [svelte({ configFile: false })],
        // Svelte's own browser build, so that runes react in tests as they do in the window.
        resolve: { conditions: ['browser'] },
        test: { name: 'renderer', include: ['renderer/**/*.test.ts'], environment: 'node' },
      },
      {
        test: {
          name: 'integration',
          include: ['test/{integration,conformance,simulation}/**/*.test.ts', '**/*.integration.test.ts'],
          exclude: ['node_modules/**'],
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
