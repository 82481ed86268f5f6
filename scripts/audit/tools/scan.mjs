// Runs where the scanners are installed: `scan.mjs NAME=FOLDER… POLICY`. Answers in JSON on the last line, since they write what they like
// on the ones before it.
import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);
const policy = process.argv.at(-1) ?? '';
const folders = process.argv.slice(2, -1).map((arg) => arg.split('='));

// It would ask a server for newer translations of its words, and for Electron's releases.
load('@doyensec/electronegativity/package.json').i18nSource = 'none';
const electronegativity = load('@doyensec/electronegativity');
const { CspEvaluator } = load('csp_evaluator/dist/evaluator.js');
const { CspParser } = load('csp_evaluator/dist/parser.js');

const findings = [];
const unread = [];
for (const [name, input] of folders) {
  const { issues, errors } = await electronegativity({
    input,
    isRelative: true,
    excludeFromScan: ['availablesecurityfixesglobalcheck'],
    parserPlugins: [],
    electronVersionOverride: '45.4.1',
  });
  for (const { id, file } of issues) findings.push({ id, where: file === 'N/A' ? name : `${name}/${file}` });
  for (const { file, message, tolerable } of errors) {
    if (!tolerable) unread.push(`${name}: ${file}: ${message}`);
  }
}
for (const { directive, value } of new CspEvaluator(new CspParser(policy).csp).evaluate()) {
  findings.push({ id: `csp_evaluator ${directive} ${value ?? ''}`.trim(), where: 'content security policy' });
}
process.stdout.write(`\n${JSON.stringify({ findings, unread })}\n`);
process.exit(0);
