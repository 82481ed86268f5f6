import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { ESLint } from 'eslint';
import svelte from 'eslint-plugin-svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import tseslint from 'typescript-eslint';

import { componentParser } from './component-parser.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'component-parser-'));
  mkdirSync(path.join(folder, 'ui'));
  const compilerOptions = {
    target: 'es2022',
    module: 'esnext',
    moduleResolution: 'bundler',
    strict: true,
    types: [],
  };
  write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['**/*.ts'] }));
  write('save.ts', 'export async function save(): Promise<void> {}\n');
  write('ui/Other.svelte', '<p>hello</p>\n');
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('the lint of components', () => {
  it('sees a promise of another file that nobody waits for, in scripts and in handlers', async () => {
    write('ui/A.svelte', component('save();', 'onclick={() => { save(); }}'));
    expect(await rulesBrokenIn('ui/A.svelte')).toEqual([
      '@typescript-eslint/no-floating-promises',
      '@typescript-eslint/no-floating-promises',
    ]);
  });

  it('has nothing against one that is waited for, or left on purpose', async () => {
    write(
      'ui/A.svelte',
      component('async function go() { await save(); }', 'onclick={() => void go()} onblur={go}'),
    );
    expect(await rulesBrokenIn('ui/A.svelte')).toEqual([]);
  });

  it('judges the text that it is given, not the one on disk, as editors need it', async () => {
    write('ui/A.svelte', component('void save();', ''));
    const linter = eslint();
    const [before] = await linter.lintText(component('void save();', ''), { filePath: file('ui/A.svelte') });
    const [after] = await linter.lintText(component('save();', ''), { filePath: file('ui/A.svelte') });
    expect([before?.messages.length, after?.messages.length]).toEqual([0, 1]);
  });
});

function component(script: string, attributes: string): string {
  return `<script lang="ts">\n  import { save } from '../save.ts';\n  ${script}\n</script>\n\n<button ${attributes}>x</button>\n`;
}

async function rulesBrokenIn(name: string): Promise<(string | null)[]> {
  const [result] = await eslint().lintFiles([file(name)]);
  return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
}

/** As in eslint.config.js, with the fixture in the place of the window. */
function eslint(): ESLint {
  const parser = componentParser({ folder, tsconfig: file('tsconfig.json') });
  return new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: [
      ...svelte.configs.base,
      {
        files: ['**/*.svelte'],
        plugins: { '@typescript-eslint': tseslint.plugin },
        languageOptions: { parserOptions: { parser, programs: [] } },
        rules: { '@typescript-eslint/no-floating-promises': 'error' },
      },
    ] as ESLint.Options['overrideConfig'],
  });
}

function file(name: string): string {
  return path.join(folder, name);
}

function write(name: string, text: string): void {
  writeFileSync(file(name), text);
}
