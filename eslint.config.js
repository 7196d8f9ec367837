import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';
import { walls } from './eslint.walls.js';

export default ts.config(
  {
    ignores: [
      'build/',
      'dist/',
      'node_modules/',
      '.toolchain/',
      '.cache/',
      'core/',
      'test-results/',
      'playwright-report/',
    ],
  },
  js.configs.recommended,
  ...ts.configs.recommendedTypeChecked.map((config) => ({ ...config, files: ['**/*.ts', '**/*.svelte'] })),
  ...svelte.configs.recommended,
  {
    files: ['**/*.ts', '**/*.svelte'],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './tsconfig.node.json', './web/worker/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Numbers and unions in messages are what messages are made of.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      eqeqeq: ['error', 'always'],
      'no-console': ['error', { allow: ['error'] }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: ts.parser, svelteConfig } },
  },
  { files: ['web/**/*.ts', 'tests/**/*.ts'], languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  // svelte-check knows the types of components; ESLint sees many of their props as `any`.
  {
    files: ['**/*.svelte'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
    },
  },
  // The English dictionary is the type of the others: what its functions return is what they are.
  { files: ['web/i18n/*/*.ts'], rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' } },
  // TypeScript knows what is defined, per room; eslint does not.
  { files: ['**/*.ts', '**/*.svelte'], rules: { 'no-undef': 'off' } },
  { files: ['**/*.js', '**/*.mjs'], languageOptions: { globals: globals.node }, rules: { 'no-console': 'off' } },
  {
    files: ['scripts/bench/page/**', 'scripts/bench/browser-worker.mjs'],
    languageOptions: { globals: { ...globals.browser, ...globals.worker } },
  },
  { files: ['web/offline/**'], languageOptions: { globals: globals.serviceworker } },
  // Playwright reads the names of fixtures from the pattern, and wants one even where there are none.
  { files: ['tests/e2e/**'], rules: { 'no-empty-pattern': 'off' } },
  // Playwright's fixtures and the asserting helpers of tests are plain functions.
  {
    files: ['tests/**/*.ts'],
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      '@typescript-eslint/require-await': 'off', // a stand-in answers with a promise as what it stands for does
      'no-console': ['error', { allow: ['error', 'warn'] }], // what is skipped is said
    },
  },
  ...walls(),
);
