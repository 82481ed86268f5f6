import { defineConfig } from '@playwright/test';

export default defineConfig({
  projects: [
    { name: 'e2e', testDir: 'test/e2e' },
    { name: 'packaged', testDir: 'test/packaged' },
  ],
  outputDir: 'test-results',
  // Each test starts an app of its own: two at once is what two processor cores bear.
  workers: 2,
  fullyParallel: true,
  // A test that passes at the second try hides a fault.
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 60_000,
  reporter: [['list'], ['json', { outputFile: '.cache/playwright.json' }]],
  use: { trace: 'retain-on-failure' },
});
