import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { WALLS, mayImport, wallOf, walls } from '../../../eslint.walls.js';

const WEB = resolve(import.meta.dirname, '../../../web');
const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*)['"]([^'"]+)['"]/g;

const sources = readdirSync(WEB, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|svelte)$/.test(name));

/** What a file imports from this project: paths below `web/`, or starting with `../`. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(WEB, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  return Array.from(text.matchAll(IMPORT), (match) => match[1] ?? '')
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => relative(WEB, resolve(WEB, file, '..', specifier.replace(/\?.*$/, ''))));
}

describe('the rooms of web/', () => {
  it('are all on the list', () => {
    expect(sources.filter((file) => wallOf(file) === undefined)).toEqual([]);
  });

  it.each(WALLS.map((wall) => [wall.room, wall] as const))('%s imports only what it may', (room, wall) => {
    const crossings = sources
      .filter((file) => wallOf(file)?.room === room)
      .flatMap((file) =>
        importsOf(file)
          .filter((target) => !target.startsWith('../'))
          .map((target) => ({ file, target })),
      )
      .filter(({ file, target }) => !mayImport(file, target))
      .map(({ file, target }) => `${file} imports ${target}`);
    expect(crossings, wall.why).toEqual([]);
  });

  it('reach the wasm through one room, a file a module', () => {
    const doors = sources.filter((file) => importsOf(file).some((target) => target.startsWith('../build/wasm-')));
    expect(doors.sort()).toEqual(['engine/load-graphs.ts', 'engine/load.ts']);
  });

  it('create the worker in one file', () => {
    const creators = sources.filter((file) => /new (Shared)?Worker\(/.test(readFileSync(join(WEB, file), 'utf8')));
    expect(creators).toEqual(['page/start-worker.ts']);
  });
});

describe('the walls hold', () => {
  it.each([
    ['figure/layout.ts', 'page/client.ts', false],
    ['figure/layout.ts', 'page/format.ts', true],
    ['page/client.ts', 'views/home/HomeView.svelte', false],
    ['page/start-worker.ts', 'worker/index.ts', true],
    ['page/start-worker.ts', 'engine/index.ts', false],
    ['views/home/HomeView.svelte', 'views/digits/DigitsView.svelte', false],
    ['views/shell/views.ts', 'views/digits/DigitsView.svelte', true],
    ['views/shell/views.ts', 'views/digits/walk.svelte.ts', false],
    ['worker/index.ts', 'engine/index.ts', true],
    ['shared/api.ts', 'i18n/index.ts', false],
  ])('%s → %s: %s', (importer, target, allowed) => {
    expect(mayImport(importer, target)).toBe(allowed);
  });

  it('in ESLint too', async () => {
    const files = ['**/*.ts'];
    const eslint = new ESLint({
      overrideConfigFile: true,
      overrideConfig: [{ files, languageOptions: { parser: ts.parser } }, ...walls()],
    });
    const refusals = async (file: string, code: string): Promise<string[]> => {
      const [result] = await eslint.lintText(code, { filePath: join(WEB, file) });
      return (result?.messages ?? [])
        .map(({ ruleId }) => ruleId ?? '')
        .filter((rule) => rule.startsWith('no-restricted'));
    };
    const wall = 'no-restricted-imports';
    expect(await refusals('page/route.ts', "import '../views/home/HomeView.svelte';")).toEqual([wall]);
    expect(await refusals('page/route.ts', "import '../engine/index.ts';")).toEqual([wall]);
    expect(await refusals('page/route.ts', "import '../shared/api.ts';")).toEqual([]);
    expect(await refusals('views/shell/views.ts', "import '../digits/walk.svelte.ts';")).toEqual([wall]);
    expect(await refusals('views/shell/views.ts', "import '../digits/DigitsView.svelte';")).toEqual([]);
    expect(await refusals('i18n/index.ts', "import '../../build/wasm-release/backprop.mjs';")).toEqual([wall]);
    expect(await refusals('page/route.ts', "new Worker('x.js');")).toEqual(['no-restricted-syntax']);
  });
});
