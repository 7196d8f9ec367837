import { describe, expect, it } from 'vitest';
import {
  formatCount,
  formatExact,
  formatNumber,
  formatPercent,
  formatShape,
  parseNumber,
} from '../../../web/page/format';

describe('numbers as a reader sees them', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [2.2, '2.2'],
    [220.00000000000003, '220'],
    [0.01, '0.01'],
    [0.1 + 0.2, '0.3'],
    [-1.1, '−1.1'],
    [1 / 3, '0.3333'],
    [-2 / 3, '−0.6667'],
    [1234.56, '1235'],
    [39760, '39760'],
    [999999, '999999'],
    [999999.9, '1×10⁶'],
    [0.001, '0.001'],
    [0.0009999999, '0.001'],
    [0.00012346, '1.235×10⁻⁴'],
    [-3e-5, '−3×10⁻⁵'],
    [6.02214e23, '6.022×10²³'],
    [5e-324, '5×10⁻³²⁴'],
    [Infinity, '∞'],
    [-Infinity, '−∞'],
    [NaN, 'NaN'],
  ])('%d → %s', (x, text) => {
    expect(formatNumber(x)).toBe(text);
  });

  it('never shows more than four significant digits of an inexact number', () => {
    for (let i = 1; i < 2000; i += 1) {
      const text = formatNumber(Math.exp(i / 60 - 15) * Math.SQRT2);
      const digits = text.replace(/×.*/, '').replace(/\D/g, '').replace(/^0+/, '').replace(/0+$/, '');
      // A value that happens to be above 10,000 is rounded to four digits and padded with zeros.
      expect(digits.length, text).toBeLessThanOrEqual(4);
    }
  });

  it('is read back to the value it shows', () => {
    for (const x of [2.2, -0.01, 220, 0.3333, 39760]) expect(parseNumber(formatNumber(x))).toBe(x);
  });
});

it('writes percents without a space', () => {
  expect(formatPercent(0.935)).toBe('93.5%');
  expect(formatPercent(0)).toBe('0.0%');
  expect(formatPercent(1)).toBe('100.0%');
  expect(formatPercent(NaN)).toBe('NaN');
});

it('writes shapes as the book does', () => {
  expect(formatShape([784, 50])).toBe('784 × 50');
  expect(formatShape([3])).toBe('3');
  expect(formatShape([])).toBe('1');
});

it('sets thousands apart in counts', () => {
  expect(formatCount(39760)).toBe('39,760');
});

it('keeps every digit a person typed, without the dust of the arithmetic', () => {
  expect(formatExact(0.00012)).toBe('0.00012');
  expect(formatExact(1.1 * 3)).toBe('3.3');
  expect(formatExact(-150)).toBe('−150');
});

describe('numbers as a person types them', () => {
  it.each([
    ['1.5', 1.5],
    [' −2 ', -2],
    ['-2', -2],
    ['１２．５', 12.5],
    ['.5', 0.5],
    ['1e-3', 0.001],
  ])('%s is %d', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it.each(['', 'two', '1,5', '0x10', '1e999', '1 2', 'Infinity'])('%j is refused', (text) => {
    expect(parseNumber(text)).toBeNaN();
  });
});
