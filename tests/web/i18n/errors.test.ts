import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { en } from '../../../web/i18n/en';

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

it('every error of the core has a sentence', () => {
  const codes = /enum class ErrorCode \{([\s\S]*?)\};/.exec(read('core/include/backprop/error.h'))?.[1] ?? '';
  const names = Array.from(codes.replace(/\/\/.*/g, '').matchAll(/\w+/g), ([name]) => name);
  expect(names).toContain('Cycle');
  expect(names.filter((name) => !(name in en.errors))).toEqual([]);
});

it('so has every error that the page and the loading of the engine make themselves', () => {
  const page = readdirSync(new URL('../../../web/page', import.meta.url)).filter((name) => name.endsWith('.ts'));
  const files = [...page.map((name) => `web/page/${name}`), 'web/engine/start-core.ts', 'web/engine/simd.ts'];
  const codes = files.flatMap((file) => Array.from(read(file).matchAll(/\bcode: '(\w+)'/g), (match) => match[1] ?? ''));
  expect(codes).toEqual(expect.arrayContaining(['EngineDied', 'LoadFailed', 'Unsupported']));
  expect(codes.filter((code) => !(code in en.errors))).toEqual([]);
});
