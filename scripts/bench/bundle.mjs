import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';

/**
 * Bundles what runs beside the engine, which itself is taken from dist/ as it is shipped: `folder`/site for a browser, with the
 * built page in it, and `folder`/node. `playground` is where TensorFlow Playground's nn.ts is, if anywhere.
 */
export async function bundle({ root, folder, playground }) {
  const bench = join(root, 'scripts/bench');
  const nothing = join(bench, 'contenders/playground-absent.mjs');
  const shared = {
    configFile: false,
    logLevel: 'error',
    root: bench,
    publicDir: false,
    resolve: { alias: { 'playground-nn': playground ? resolve(playground) : nothing } },
  };
  const output = { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' };
  const site = join(folder, 'site');
  rmSync(folder, { recursive: true, force: true });
  await build({
    ...shared,
    build: {
      outDir: site,
      target: 'esnext',
      minify: false,
      modulePreload: false,
      rolldownOptions: { input: join(bench, 'browser-worker.mjs'), output },
    },
  });
  await build({
    ...shared,
    build: {
      outDir: join(folder, 'node'),
      target: 'node20',
      minify: false,
      ssr: true,
      rolldownOptions: { input: join(bench, 'node-worker.mjs'), output },
    },
    ssr: { noExternal: true, resolve: { mainFields: ['module', 'main'] } },
  });
  const wasm = 'node_modules/@tensorflow/tfjs-backend-wasm/dist';
  mkdirSync(join(site, 'tfjs'), { recursive: true });
  for (const kind of ['', '-simd', '-threaded-simd'])
    cpSync(join(bench, wasm, `tfjs-backend-wasm${kind}.wasm`), join(site, 'tfjs', `tfjs-backend-wasm${kind}.wasm`));
  cpSync(join(root, 'dist/lib'), join(site, 'lib'), { recursive: true });
  cpSync(join(root, 'dist/site'), join(site, 'page'), { recursive: true });
  cpSync(join(bench, 'page'), site, { recursive: true });
}
