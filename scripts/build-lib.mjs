// Builds dist/lib/, the npm package: index.js and the element's backprop-playground.js, backprop.wasm beside them, the types, and the weights in models/.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawnSync } from 'node:child_process';

const root = fileURLToPath(new URL('..', import.meta.url));
const lib = join(root, 'dist/lib');

function run(command, ...args) {
  const { status, error } = spawnSync(join(root, 'node_modules/.bin', command), args, { cwd: root, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

run('vite', 'build', '--config', 'vite.lib.config.ts', '--logLevel', 'warn');
run('tsc', '-p', 'web/engine/tsconfig.types.json');

// Declarations keep the sources' import paths; Node's rules of resolution want the file's ending.
const types = join(lib, 'types');
for (const name of readdirSync(types, { recursive: true })) {
  const file = join(types, name);
  if (!file.endsWith('.d.ts')) continue;
  const text = readFileSync(file, 'utf8').replace(/(from '|import\(')(\.{1,2}\/[^']+?)(?:\.ts)?'/g, "$1$2.js'");
  writeFileSync(file, text);
}
writeFileSync(join(lib, 'index.d.ts'), "export * from './types/engine/index.js';\n");
writeFileSync(join(lib, 'backprop-playground.d.ts'), "export * from './types/elements/backprop-playground.js';\n");

const models = join(root, 'web/public/models');
if (existsSync(models)) {
  mkdirSync(join(lib, 'models'), { recursive: true });
  cpSync(models, join(lib, 'models'), { recursive: true });
}
rmSync(join(lib, '.vite'), { recursive: true, force: true });
