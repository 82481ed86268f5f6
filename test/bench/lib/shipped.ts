import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

/** The scripts that the window needs before its first screen: those of its page and all that they import at once. */
export function firstScripts(folder: string): string[] {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\/?(?:\.\/)?([^"]+\.m?js)"/g)].map(
    (match) => match[1] as string,
  );
  const found = new Set<string>();
  const waiting = [...named];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    waiting.push(
      ...staticImports(readFileSync(join(folder, name), 'utf8')).map((path) => beside(name, path)),
    );
  }
  return [...found].sort();
}

/** Kilobytes (10^3) of those scripts, each compressed by itself as a server would. */
export function gzipKb(folder: string, names: readonly string[]): number {
  const sizes = names.map((name) => gzipSync(readFileSync(join(folder, name)), { level: 9 }).length);
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
}

/** `import … from "./x.js"` and `import "./x.js"`, but not `import("./x.js")`. */
export function staticImports(script: string): string[] {
  const pattern = /(?:^|[;}\s])(?:import|export)\s*(?:[\w*{][^"'()]*?from\s*)?["'](\.[^"']+)["']/g;
  return [...script.matchAll(pattern)].map((match) => match[1] as string);
}

const beside = (name: string, path: string): string =>
  normalize(join(dirname(name), path)).replaceAll('\\', '/');
