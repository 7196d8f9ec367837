import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { mathFont } from '../../../../web/plugins/math-font.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: at('.'),
  cacheDir: at('../../../../node_modules/.vite-gallery'),
  plugins: [svelte({ configFile: at('../../../../svelte.config.js') }), mathFont()],
  server: { port: 5172, fs: { allow: [at('../../../..')] } },
});
