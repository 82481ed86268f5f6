import path from 'node:path';

import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { componentParser } from './scripts/lint/component-parser.mjs';

const noElectron = {
  name: 'electron',
  message: 'Only electron/main and electron/preload may know Electron.',
};
const noIpcMain = {
  name: 'electron',
  importNames: ['ipcMain'],
  message: 'Only electron/main/ipc/register.ts listens: it checks the sender and the input.',
};
const noIpcMainMember = {
  selector: "MemberExpression[property.name='ipcMain']",
  message: noIpcMain.message,
};
const tests = ['**/*.test.ts', 'test/**/*.ts'];

export default defineConfig(
  globalIgnores([
    'out/',
    'dist/',
    'node_modules/',
    '.cache/',
    '.demo/',
    'test-results/',
    'shared/i18n/generated/',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.recommendedTypeChecked,
  ...svelte.configs.recommended,
  { languageOptions: { parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      // Addresses here are the window's own; there is no router whose helper could be forgotten.
      'svelte/no-navigation-without-resolve': 'off',
      // Sets and maps here are replaced, never changed once they are shown: `$state.raw` is what says so.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    rules: {
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      'no-restricted-imports': ['error', { paths: [noElectron] }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['electron/main/**/*.ts', 'electron/preload/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { paths: [noIpcMain] }],
      'no-restricted-syntax': ['error', noIpcMainMember],
    },
  },
  {
    files: ['electron/main/ipc/register.ts'],
    rules: { 'no-restricted-imports': 'off', 'no-restricted-syntax': 'off' },
  },
  {
    // Components are checked by svelte-check, which sees the types of other components. The rules about promises, which it lacks, are asked
    // here, of one program for all of them: a quarter more time than without types.
    files: ['renderer/**/*.svelte'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      parserOptions: {
        parser: componentParser({
          folder: path.join(import.meta.dirname, 'renderer'),
          tsconfig: path.join(import.meta.dirname, 'renderer', 'tsconfig.json'),
        }),
        projectService: false,
        project: false,
        programs: [],
      },
    },
  },
  {
    files: ['renderer/**/*.svelte'],
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
    },
  },
  { files: ['scripts/**'], rules: { 'no-console': 'off' } },
  {
    files: ['scripts/runtime/app-loader/**', 'test/support/packaged/*.mjs'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: tests,
    rules: {
      'no-console': 'off',
      'no-restricted-imports': 'off',
      // What a reply or a row holds is checked by the assertion that follows.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  // Plain JavaScript has no types to check by.
  { files: ['**/*.js', '**/*.mjs', '**/*.cjs'], ...tseslint.configs.disableTypeChecked },
);
