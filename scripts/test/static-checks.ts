import { inRepo } from '#scripts/lib/repo.ts';

export type StaticCheck = { readonly name: string; readonly command: readonly [string, ...string[]] };

const bin = (...path: string[]) => [process.execPath, inRepo('node_modules', ...path)] as const;
const tsc = bin('@typescript', 'native', 'bin', 'tsc');
const AREAS = ['shared', 'electron', 'renderer', 'service', 'scripts', 'test'];

/** Each counts as one test. All of them must end with exit code 0 and change nothing. The longest comes first. */
export const STATIC_CHECKS: readonly StaticCheck[] = [
  { name: 'lint', command: [...bin('eslint', 'bin', 'eslint.js'), '--max-warnings', '0', '.'] },
  { name: 'format', command: [...bin('prettier', 'bin', 'prettier.cjs'), '--check', '.'] },
  ...AREAS.map((area): StaticCheck => ({ name: `types of ${area}`, command: [...tsc, '-p', inRepo(area)] })),
  { name: 'types on Electron 33', command: [...tsc, '-p', inRepo('tsconfig.electron33.json')] },
  {
    name: 'types in Svelte',
    command: [
      ...bin('svelte-check', 'bin', 'svelte-check'),
      '--tsconfig',
      inRepo('renderer', 'tsconfig.json'),
      '--fail-on-warnings',
    ],
  },
  {
    name: 'import rules',
    command: [
      ...bin('dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
      ...['--config', '.dependency-cruiser.mjs'],
      ...['electron', 'renderer', 'service', 'shared', 'scripts', 'test'],
    ],
  },
  { name: 'unused code', command: bin('knip', 'bin', 'knip.js') },
];
