import { extractAll } from '@electron/asar';
import { readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/**
 * Unpacks the archive into a folder, in words that the scanner understands: it fails on private fields of classes. Hashes are taken
 * off the names, which change with every build.
 */
export function unpackForScan(archive: string, folder: string): void {
  extractAll(archive, folder);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(js|mjs|cjs)$/.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    const compilerOptions = { target: ts.ScriptTarget.ES2020, module: ts.ModuleKind.ESNext };
    writeFileSync(file, ts.transpileModule(readFileSync(file, 'utf8'), { compilerOptions }).outputText);
    renameSync(file, file.replace(/-[\w-]{8}(\.\w+)$/, '$1'));
  }
}
