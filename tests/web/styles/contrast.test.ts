import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../web/styles/tokens.css', import.meta.url), 'utf8');

function tokensOf(selector: string): Map<string, string> {
  const block = css.split(`${selector} {`)[1]?.split('\n}')[0] ?? '';
  return new Map(
    Array.from(block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g), (match) => [match[1] ?? '', match[2] ?? '']),
  );
}

function luminance(hex: string): number {
  const channel = (at: number): number => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const themes = { light: tokensOf(':root'), dark: tokensOf(":root[data-theme='dark']") };
const pairs: [text: string, ground: string, least: number][] = [
  ...['ink', 'ink2', 'ink3', 'fwd', 'grad', 'param', 'loss', 'focus'].flatMap((text): [string, string, number][] => [
    [text, 'ground', 4.5],
    [text, 'raised', 4.5],
    [text, 'sunk', 4.5],
  ]),
  ['edge', 'ground', 3],
  ['edge', 'raised', 3],
  ...['fwd', 'grad', 'param', 'loss'].flatMap((role): [string, string, number][] => [
    [role, `${role}-tint`, 4.5],
    ['ink', `${role}-tint`, 4.5],
    ['ink2', `${role}-tint`, 4.5],
    ['ground', role, 4.5],
  ]),
];

describe.each(Object.entries(themes))('the %s theme', (_, tokens) => {
  it.each(pairs)('%s on %s is at least %f to 1', (text, ground, least) => {
    expect(contrast(tokens.get(text) ?? '', tokens.get(ground) ?? '')).toBeGreaterThanOrEqual(least);
  });
});

it('names the same colours in both themes', () => {
  expect([...themes.dark.keys()].sort()).toEqual([...themes.light.keys()].sort());
});
