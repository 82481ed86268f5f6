import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { cruise } from 'dependency-cruiser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { inRepo } from '#scripts/lib/repo.ts';
import config from '../../.dependency-cruiser.mjs';

const imports = {
  '#shared/*': './shared/*',
  '#core/*': './electron/core/*',
  '#service/*': './service/*',
  '#test/*': './test/*',
};
const empty = 'export const x = 1;\n';
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'import-rules-'));
  write(
    'package.json',
    JSON.stringify({
      name: 'fixture',
      type: 'module',
      imports,
      dependencies: { electron: '1', zod: '1', lodash: '1' },
    }),
  );
  for (const name of ['electron', 'zod', 'lodash']) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    write(`node_modules/${name}/index.js`, empty);
  }
  // Components are compiled before they are read, which makes them import parts of Svelte.
  symlinkSync(inRepo('node_modules', 'svelte'), join(dir, 'node_modules', 'svelte'));
});

afterEach(() => rmSync(dir, { recursive: true }));

describe('the import rules', () => {
  it.each([
    ['renderer-rooms', 'renderer/src/a.ts', '#shared/protocol/x.ts', 'shared/protocol/x.ts'],
    ['renderer-rooms', 'renderer/src/App.svelte', '#core/x.ts', 'electron/core/x.ts'],
    [
      'feature-to-feature',
      'renderer/src/features/home/a.ts',
      '../orders/x.ts',
      'renderer/src/features/orders/x.ts',
    ],
    [
      'ui-and-lib-know-no-feature',
      'renderer/src/ui/a.ts',
      '../features/home/x.ts',
      'renderer/src/features/home/x.ts',
    ],
    ['preload-rooms', 'electron/preload/a.ts', '#shared/domain/x.ts', 'shared/domain/x.ts'],
    ['core-rooms', 'electron/core/a.ts', '../main/x.ts', 'electron/main/x.ts'],
    ['core-rooms', 'electron/core/a.ts', '#service/x.ts', 'service/x.ts'],
    ['db-knows-no-sync', 'electron/core/db/a.ts', '../sync/x.ts', 'electron/core/sync/x.ts'],
    ['service-rooms', 'service/a.ts', '#shared/ipc/x.ts', 'shared/ipc/x.ts'],
    ['shared-rooms', 'shared/domain/a.ts', '#core/x.ts', 'electron/core/x.ts'],
    ['nobody-imports-test', 'service/a.ts', '#test/support/x.ts', 'test/support/x.ts'],
  ])('%s: %s must not import %s', async (rule, importer, specifier, target) => {
    write(target, empty);
    write(importer, importing(importer, specifier));
    expect(await violations()).toContain(rule);
  });

  it.each([
    ['renderer-no-node', 'renderer/src/a.ts', 'node:fs'],
    ['electron-only-in-the-shell', 'electron/core/a.ts', 'electron'],
    ['electron-only-in-the-shell', 'renderer/src/a.ts', 'electron'],
    ['shared-pure-packages', 'shared/domain/a.ts', 'lodash'],
    ['shared-pure-packages', 'shared/domain/a.ts', 'node:crypto'],
    ['not-to-unresolvable', 'shared/domain/a.ts', './nothing.ts'],
  ])('%s: %s must not import %s', async (rule, importer, specifier) => {
    write(importer, importing(importer, specifier));
    expect(await violations()).toContain(rule);
  });

  it('no-circular: counts imports of types', async () => {
    write('service/a.ts', "import type { B } from './b.ts';\nexport type A = B;\n");
    write('service/b.ts', "import type { A } from './a.ts';\nexport type B = A | 1;\n");
    expect(await violations()).toContain('no-circular');
  });

  it('lets through what the architecture allows', async () => {
    write('shared/domain/x.ts', "import 'zod';\n" + empty);
    write('shared/protocol/x.ts', "import '#shared/domain/x.ts';\n" + empty);
    write('electron/core/db/x.ts', empty);
    write('electron/core/sync/x.ts', "import '../db/x.ts';\nimport '#shared/protocol/x.ts';\n");
    write('electron/main/x.ts', "import 'electron';\nimport '#core/sync/x.ts';\n");
    write('renderer/src/App.svelte', importing('App.svelte', '#shared/domain/x.ts'));
    write('service/x.ts', "import 'node:fs';\nimport '#shared/protocol/x.ts';\n");
    write('test/x.ts', "import '#service/x.ts';\nimport '#core/sync/x.ts';\n");
    expect(await violations()).toEqual([]);
  });
});

function importing(importer: string, specifier: string): string {
  const line = `import { x } from '${specifier}';\nexport const y: number = x;\n`;
  return importer.endsWith('.svelte')
    ? `<script lang="ts">\n${line.replace('export ', '')}</script>\n<p>{y}</p>\n`
    : line;
}

function write(path: string, content: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), content);
}

async function violations(): Promise<string[]> {
  const { options, forbidden = [] } = config;
  const rooms = ['electron', 'renderer', 'service', 'shared', 'test'];
  for (const room of rooms) mkdirSync(join(dir, room), { recursive: true });
  const result = await cruise(
    rooms,
    { ...options, baseDir: dir, validate: true, ruleSet: { forbidden } },
    options?.enhancedResolveOptions,
  );
  if (typeof result.output === 'string') throw new Error(result.output);
  return result.output.summary.violations.map((violation) => violation.rule.name);
}
