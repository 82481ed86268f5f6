import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import * as svelteParser from 'svelte-eslint-parser';
import ts from 'typescript';
import tseslint from 'typescript-eslint';

/** @typedef {Record<string, unknown> & { filePath?: string, programs?: unknown }} Options */
/** @typedef {(code: string, options: Options) => ReturnType<typeof tseslint.parser.parseForESLint>} Parse */

/** @type {Parse} */
const parseScript = (code, options) =>
  Reflect.apply(tseslint.parser.parseForESLint, tseslint.parser, [code, options]);

/**
 * A parser of component scripts for rules that ask for types, with ONE program for all components. typescript-eslint's project service would
 * make a new program and a new checker for each, since what is checked is not what is on disk but TypeScript made of it: four minutes instead of
 * ten seconds. Components that import each other see each other as any component.
 *
 * To be given to `svelte-eslint-parser` as its `parser`, together with `programs: []`, which it takes away where syntax is enough.
 *
 * @param {{ folder: string, tsconfig: string }} where
 */
export function componentParser({ folder, tsconfig }) {
  /** What is checked in place of each component, by its path. @type {Map<string, string>} */
  const scripts = new Map();
  /** @type {ts.Program | undefined} */
  let program;

  /** @param {string} file @param {string} script @param {Options} options */
  function programWith(file, script, options) {
    if (!program) readAll(options);
    if (!program || scripts.get(file) !== script) {
      scripts.set(file, script);
      program = build(program);
    }
    return program;
  }

  /** @param {Options} options */
  function readAll(options) {
    for (const name of globSync('**/*.svelte', { cwd: folder })) {
      const file = path.resolve(folder, name);
      /** @type {Parse} */
      const parseForESLint = (code, { programs, ...inner }) => {
        if (programs) scripts.set(file, code);
        return parseScript(code, inner);
      };
      const parser = { ...tseslint.parser, parseForESLint };
      svelteParser.parseForESLint(readFileSync(file, 'utf8'), {
        ...options,
        programs: [],
        filePath: file,
        parser,
      });
    }
  }

  /** @param {ts.Program | undefined} before */
  function build(before) {
    const config = ts.getParsedCommandLineOfConfigFile(tsconfig, undefined, {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
        throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
      },
    });
    if (!config) throw new Error(`${tsconfig} cannot be read`);
    const options = { ...config.options, allowNonTsExtensions: true };
    const host = ts.createCompilerHost(options, true);
    const fromDisk = host.getSourceFile.bind(host);
    host.getSourceFile = (name, version, ...others) => {
      const old = before?.getSourceFile(name);
      const script = scripts.get(path.resolve(name));
      if (script === undefined) return old ?? fromDisk(name, version, ...others);
      return old?.text === script ? old : ts.createSourceFile(name, script, version, true, ts.ScriptKind.TS);
    };
    return ts.createProgram([...config.fileNames, ...scripts.keys()], options, host, before);
  }

  /** @type {Parse} */
  function parseForESLint(code, { programs, ...options }) {
    const file = options.filePath;
    if (!programs || !file?.endsWith('.svelte')) return parseScript(code, options);
    return parseScript(code, { ...options, programs: [programWith(file, code, options)] });
  }
  return { ...tseslint.parser, parseForESLint };
}
