import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cellColour, inkColour, scaleLimit, signColour, stops } from '../../../web/figure/scale';

const tokens = readFileSync(new URL('../../../web/styles/tokens.css', import.meta.url), 'utf8');
const [, dark = ''] = tokens.split("[data-theme='dark'] {");
const token = (css: string, name: string): string =>
  new RegExp(`--${name}:\\s*(#[0-9a-f]{6})`).exec(css)?.[1] ?? 'missing';
const hex = (rgb: readonly number[]): string => `#${rgb.map((c) => c.toString(16).padStart(2, '0')).join('')}`;

describe('stops', () => {
  it.each([
    ['light', tokens],
    ['dark', dark],
  ] as const)('are those of the %s tokens', (theme, css) => {
    expect(stops.sign[theme]).toEqual([1, 2, 3, 4, 5].map((i) => token(css, `sign-${i}`)));
    expect(stops.ink[theme]).toEqual([0, 1].map((i) => token(css, `ink-scale-${i}`)));
  });
});

describe('signColour', () => {
  it('meets all five stops', () => {
    expect([-1, -0.5, 0, 0.5, 1].map((t) => hex(signColour('light')(t)))).toEqual(stops.sign.light);
  });

  it('is linear in sRGB between them', () => {
    // Half way between #f3f1ea and #dda94a.
    expect(signColour('light')(0.25)).toEqual([232, 205, 154]);
  });

  it('takes the end colours beyond its ends', () => {
    expect(hex(signColour('dark')(-7))).toBe(stops.sign.dark[0]);
    expect(hex(signColour('dark')(7))).toBe(stops.sign.dark[4]);
  });
});

it('ink runs from paper to ink', () => {
  expect(hex(inkColour('light')(0))).toBe('#ffffff');
  expect(hex(inkColour('light')(1))).toBe('#1e2125');
});

describe('cellColour', () => {
  it('divides by the limit', () => expect(hex(cellColour('sign', 'light', 4)(-2))).toBe(stops.sign.light[1]));
  it('shows a tensor of zeros, and what is no number, as zero', () => {
    expect(hex(cellColour('sign', 'light', 0)(0))).toBe(stops.sign.light[2]);
    expect(hex(cellColour('sign', 'light', 1)(NaN))).toBe(stops.sign.light[2]);
  });
});

describe('scaleLimit', () => {
  it('is the largest magnitude', () => {
    expect(scaleLimit('sign', { data: [1, -3, 2] })).toBe(3);
    expect(scaleLimit('sign', { data: null, min: -5, max: 2 })).toBe(5);
  });
  it('is 1 for ink, which is absolute', () => expect(scaleLimit('ink', { data: [0.2] })).toBe(1));
});
