import { describe, expect, it } from 'vitest';
import { capitalised, fill, join, part, plain, textOf } from '../../../web/steps/rich-text';

describe('filling a template', () => {
  it('puts parts in their places and marks words', () => {
    const parts = fill('{op} sends {n} times the *other* input.', { op: '×', n: part('2.2', 'grad') });
    expect(parts).toEqual([
      plain('× sends '),
      part('2.2', 'grad'),
      plain(' times the '),
      part('other', 'marked'),
      plain(' input.'),
    ]);
  });

  it('leaves a placeholder without a filling to be seen', () => {
    expect(textOf(fill('{a} and {b}', { a: '1' }))).toBe('1 and {b}');
  });

  it('does not fill what a filling brings in', () => {
    expect(textOf(fill('{name}', { name: '{op} *x*' }))).toBe('{op} *x*');
  });
});

describe('lists and sentences', () => {
  it('joins with a word before the last', () => {
    const items = ['a', 'b', 'c'].map((text) => [plain(text)]);
    expect(textOf(join(items, ', ', ' and '))).toBe('a, b and c');
    expect(textOf(join(items.slice(0, 2), ', ', ' and '))).toBe('a and b');
    expect(textOf(join(items.slice(0, 1), ', ', ' and '))).toBe('a');
  });

  it('begin with a capital letter, but never change a number or symbol', () => {
    expect(textOf(capitalised([plain('the price')]))).toBe('The price');
    expect(textOf(capitalised([part('e', 'fwd'), plain(' x')]))).toBe('e x');
  });
});
