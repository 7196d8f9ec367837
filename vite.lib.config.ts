import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * The npm package's code, dist/lib/: the engine and the custom element, without the page. scripts/build-lib.mjs runs this and adds the
 * types and the weights.
 */
export default defineConfig({
  root: at('web'),
  base: './',
  publicDir: false,
  cacheDir: at('node_modules/.vite'),
  build: {
    outDir: at('dist/lib'),
    emptyOutDir: true,
    target: 'es2022',
    minify: false, // bundlers of those who use it do that; until then it can be read
    modulePreload: false,
    assetsInlineLimit: 0, // the wasm stays a file beside index.js, for browsers to stream and Node to read
    rolldownOptions: {
      input: { index: at('web/engine/index.ts'), 'backprop-playground': at('web/elements/backprop-playground.ts') },
      preserveEntrySignatures: 'strict',
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name].js',
        assetFileNames: '[name][extname]',
      },
    },
  },
});
