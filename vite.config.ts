import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { contentSecurityPolicy } from './web/plugins/csp.ts';
import { formulas } from './web/plugins/formulas.ts';
import { mathFont } from './web/plugins/math-font.ts';
import { precompress } from './web/plugins/precompress.ts';
import { serviceWorker } from './web/plugins/service-worker.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const ELEMENT = 'backprop-playground';

/**
 * What every figure needs, in one chunk: left alone, the bundler cuts a chunk wherever a part that is fetched later shares a module with it,
 * and many small chunks compress worse. Not those parts themselves (web/figure/late-parts.svelte.ts).
 */
const FIGURE =
  /web\/figure\/(?!(MapLabels|HeatMap|WholeGraph|TangentLabel|around|placed-branch|surroundings|route-around|corners|sight|heap|ground|kept-ways|glide|blocks)\.)/;

/** The static site: relative addresses only, so that it works under any path of any host. */
export default defineConfig({
  root: at('web'),
  base: './',
  cacheDir: at('node_modules/.vite'),
  plugins: [
    svelte({ configFile: at('svelte.config.js') }),
    formulas(),
    mathFont(),
    contentSecurityPolicy(),
    serviceWorker(),
    precompress(),
  ],
  worker: { format: 'es' },
  // The engine module lies in build/, beside the web room.
  server: { fs: { allow: [at('.')] } },
  build: {
    outDir: at('dist/site'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        index: at('web/index.html'),
        embed: at('web/embed.html'),
        [ELEMENT]: at(`web/elements/${ELEMENT}.ts`),
      },
      // Course pages name the element's file, so its name stays.
      output: {
        entryFileNames: ({ name }) => (name === ELEMENT ? '[name].js' : 'assets/[name]-[hash].js'),
        advancedChunks: { groups: [{ name: 'figure', test: FIGURE }] },
      },
    },
  },
});
