import { expect, test } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// The package as a stranger gets it: packed, installed into an empty folder, without this repository.

const root = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;

/** Output of a command; Playwright's wish for colours would get into it. */
function run(command: string, args: readonly string[], cwd: string): string {
  const env = { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

test.beforeAll(() => {
  if (!existsSync(join(root, 'dist/lib/index.js')))
    throw new Error('There is no package in dist/lib. Build it first: npm run build');
  folder = mkdtempSync(join(tmpdir(), 'backprop-package-'));
  const packed = run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], root).trim();
  writeFileSync(join(folder, 'package.json'), '{ "name": "stranger", "private": true, "type": "module" }');
  run(
    'npm',
    ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', `./${packed}`],
    folder,
  );
});

test.afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('the six lines of the README compute the apple graph', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const program = /node --input-type=module -e "\n([\s\S]*?)"\n/.exec(readme)?.[1];
  expect(program, 'README.md shows a node -e command').toBeDefined();
  const lines = (program as string).replace('./dist/lib/index.js', 'backprop-playground');
  expect(lines.trim().split('\n')).toHaveLength(6);
  const printed = run(process.execPath, ['--input-type=module', '-e', lines], folder).trim().split(' ').map(Number);
  const wanted = [220, 2.2, 110, 200];
  expect(printed).toHaveLength(wanted.length);
  printed.forEach((number, i) => expect(number).toBeCloseTo(wanted[i] as number, 10));
});

test('the shipped network comes along and reads a digit', () => {
  const program = `
    import { readFileSync } from 'node:fs';
    import { loadEngine } from 'backprop-playground';
    const engine = await loadEngine();
    const file = readFileSync(new URL(import.meta.resolve('backprop-playground/models/digits-mlp.safetensors')));
    const network = engine.loadNetwork(file);
    let right = 0;
    for (let digit = 0; digit < 10; digit++) {
      const scores = network.predict(engine.rasterize(engine.sampleStrokes(digit, 1)), 1);
      if (scores.indexOf(Math.max(...scores)) === digit) right++;
    }
    console.log(right);
    network.dispose();`;
  expect(Number(run(process.execPath, ['--input-type=module', '-e', program], folder))).toBeGreaterThanOrEqual(9);
});

test('its types are found by a TypeScript program with Node’s rules', () => {
  writeFileSync(
    join(folder, 'program.ts'),
    `import { loadEngine, BackpropError, type GraphDocument, type Tensor } from 'backprop-playground';
     const document: GraphDocument = { format: 'backprop-graph', version: 1, nodes: [{ id: 'x', op: 'input', value: 1 }] };
     const graph = (await loadEngine()).graph(document);
     export const x: Tensor = graph.value('x');
     export const code = (error: unknown): string => (error instanceof BackpropError ? error.code : '');
     // @ts-expect-error -- a number is no document
     (await loadEngine()).graph(5);`,
  );
  const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022,dom'];
  run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...options, 'program.ts'], folder);
});
