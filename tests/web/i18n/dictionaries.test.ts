import { describe, expect, it } from 'vitest';
import { en as first } from '../../../web/i18n/en';
import { ask as askEn } from '../../../web/i18n/en/ask';
import { ja as firstJa } from '../../../web/i18n/ja';
import { ask as askJa } from '../../../web/i18n/ja/ask';
import { zh as firstZh } from '../../../web/i18n/zh';
import { ask as askZh } from '../../../web/i18n/zh/ask';

// Sections that come later are held to the same rules.
const en = { ...first, ask: askEn };
const ja = { ...firstJa, ask: askJa };
const zh = { ...firstZh, ask: askZh };

/** Every text of a dictionary with its path. Functions are read as source: their texts are in it. */
function texts(value: unknown, path: string): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    const source = String(value);
    return Array.from(source.matchAll(/(['"`])((?:(?!\1)[^\\]|\\.)*)\1/gs), (match) => [
      path,
      (match[2] ?? '').replace(/\$\{[^}]*\}/g, '0'),
    ]);
  }
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
  return [];
}

function keys(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [`${path}: ${typeof value}`];
  return Object.entries(value).flatMap(([key, inner]) => keys(inner, `${path}.${key}`));
}

const CJK = '[\\u3040-\\u30ff\\u3400-\\u9fff\\uff00-\\uffef]';

describe.each([
  ['zh', zh],
  ['ja', ja],
] as const)('the %s dictionary', (name, dictionary) => {
  it('has the keys of the English one, no more and no less', () => {
    expect(keys(dictionary).sort()).toEqual(keys(en).sort());
  });

  it('has full-width punctuation beside its characters', () => {
    const half = new RegExp(`${CJK}[,;:!?]|[,;!?]${CJK}`);
    expect(texts(dictionary, name).filter(([, text]) => half.test(text))).toEqual([]);
  });
});

/** Keys whose text joins others and may be a space, or nothing in zh and ja. */
const JOINTS = /\.(join|space|between|separator)\b/;

it.each([
  ['en', en],
  ['zh', zh],
  ['ja', ja],
] as const)('the %s dictionary has no empty texts, exclamation marks or three dots', (name, dictionary) => {
  const all = texts(dictionary, name).filter(([path]) => !JOINTS.test(path));
  expect(all.filter(([, text]) => text.trim() === '')).toEqual([]);
  expect(all.filter(([, text]) => /[!！]|\.\.\./.test(text))).toEqual([]);
});
