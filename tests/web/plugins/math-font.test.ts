import { readFile, stat } from 'node:fs/promises';
import subsetFont from 'subset-font';
import formulas from 'virtual:formulas';
import { beforeAll, describe, expect, it } from 'vitest';
import { MATH_FONT, writeMathFont } from '../../../web/plugins/math-font';
import { MATH_GLYPHS } from '../../../web/plugins/math-glyphs';
import { charactersOf, tableOffset } from '../support/cmap';

describe('the mathematics font', () => {
  let sfnt: Buffer;
  let characters: Set<number>;
  beforeAll(async () => {
    await writeMathFont();
    sfnt = await subsetFont(await readFile(MATH_FONT), '', { targetFormat: 'sfnt', keepAllGlyphs: true });
    characters = charactersOf(sfnt);
  }, 30_000);

  const missing = (text: string): string[] =>
    [...new Set(text)].filter((character) => !characters.has(character.codePointAt(0) ?? 0));

  it('fits its budget of 42 kB', async () => {
    expect((await stat(MATH_FONT)).size).toBeLessThanOrEqual(42 * 1024);
  });

  it('keeps the table that stretches fractions and braces', () => {
    expect(tableOffset(sfnt, 'MATH')).toBeGreaterThan(0);
  });

  it('has every glyph that it was asked to have', () => {
    expect(missing(MATH_GLYPHS)).toEqual([]);
  });

  it.each(Object.keys(formulas))('has every glyph of the formulas of %s', (op) => {
    const { value, local, backward } = formulas[op] ?? { value: '', local: [], backward: [] };
    const text = [value, ...local, ...backward]
      .join('')
      .replace(/<[^>]*>/g, '')
      .replace(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)));
    expect(missing(text)).toEqual([]);
  });

  it('has the italic of every one-letter identifier, which is what MathML shows', () => {
    const all = Object.values(formulas)
      .flatMap(({ value, local, backward }) => [value, ...local, ...backward])
      .join('');
    const letters = Array.from(all.matchAll(/<mi>([A-Za-z])<\/mi>/g), (match) => match[1] ?? '');
    expect(letters.length).toBeGreaterThan(0);
    expect(missing(letters.map(italic).join(''))).toEqual([]);
  });
});

function italic(letter: string): string {
  if (letter === 'h') return 'ℎ';
  const upper = letter <= 'Z';
  return String.fromCodePoint((upper ? 0x1d434 - 0x41 : 0x1d44e - 0x61) + (letter.codePointAt(0) ?? 0));
}
