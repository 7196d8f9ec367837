import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { formulas } from './web/plugins/formulas.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A test file runs in Node; one that needs a document starts with `// @vitest-environment happy-dom`. */
export default defineConfig({
  plugins: [svelte({ configFile: at('svelte.config.js') }), svelteTesting(), formulas()],
  test: {
    include: ['tests/web/**/*.test.ts', 'tests/bench/*.test.mjs'],
    environment: 'node',
    setupFiles: ['tests/web/support/setup.ts'],
    maxWorkers: 2,
  },
});
