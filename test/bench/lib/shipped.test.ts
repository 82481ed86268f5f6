import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { firstScripts, gzipKb, staticImports } from './shipped.ts';

describe('the scripts of the first screen', () => {
  it('are found through imports at once, however they are minified', () => {
    const script = `import{a as b,c}from"./x.js";import"./y.js";import d from './z.mjs';export{e}from"./w.js";const f=()=>import("./later.js");`;
    expect(staticImports(script)).toEqual(['./x.js', './y.js', './z.mjs', './w.js']);
  });

  it('are counted once, and what comes later is not', () => {
    const folder = mkdtempSync(join(tmpdir(), 'shipped-'));
    try {
      mkdirSync(join(folder, 'assets'));
      const shared = `export const shared = ${JSON.stringify('x'.repeat(500))};`;
      writeFileSync(
        join(folder, 'index.html'),
        `<script type="module" src="/assets/index.js"></script><link rel="modulepreload" href="/assets/shared.js">`,
      );
      writeFileSync(
        join(folder, 'assets', 'index.js'),
        `import{shared}from"./shared.js";import("./later.js")`,
      );
      writeFileSync(join(folder, 'assets', 'shared.js'), shared);
      writeFileSync(join(folder, 'assets', 'later.js'), 'export {}');
      const names = firstScripts(folder);
      expect(names).toEqual(['assets/index.js', 'assets/shared.js']);
      expect(gzipKb(folder, ['assets/shared.js'])).toBe(gzipSync(shared, { level: 9 }).length / 1000);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
