import { describe, expect, it } from 'vitest';
import { en } from '../../../web/i18n/en';
import { ja } from '../../../web/i18n/ja';
import { zh } from '../../../web/i18n/zh';

/** Every text of a section by its path; functions are left to the compiler. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, path === '' ? key : `${path}.${key}`));
}

const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort();

const sections = ['steps', 'ops'] as const;

describe.each([
  ['zh', zh],
  ['ja', ja],
] as const)('templates in %s', (_, dictionary) => {
  it.each(sections)('fill the same placeholders as the English ones: %s', (section) => {
    const translated = new Map(texts(dictionary[section]));
    for (const [path, text] of texts(en[section])) {
      expect([path, placeholders(translated.get(path) ?? '')]).toEqual([path, placeholders(text)]);
    }
  });

  it.each([...sections, 'graph', 'errors'] as const)('use full-width punctuation: %s', (section) => {
    for (const [path, text] of texts(dictionary[section])) {
      // A comma or colon of the Latin script after a character of the language.
      expect([path, /[\u3040-\u30ff\u4e00-\u9fff}][,:;!?]/.test(text.replace(/\(.*?\)/g, ''))]).toEqual([path, false]);
    }
  });
});
